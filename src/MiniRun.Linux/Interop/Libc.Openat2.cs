namespace MiniRun.Linux.Interop;

/// <summary>linux/openat2.h.</summary>
internal static unsafe partial class Libc
{
    public static nint openat2(FileDescriptor directory, string path, open_how* how) =>
        syscall(SyscallNumber.openat2, directory, path, (nint)how, sizeof(open_how), 0);
}
