using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>sched.h; the CLONE_NEW* flags are public, in MiniRun.Linux.Processes.NamespaceFlags.</summary>
internal static partial class Libc
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial int unshare(int flags);

    public static nint setns(FileDescriptor descriptor, int type) =>
        syscall(SyscallNumber.setns, descriptor, type, 0, 0, 0);
}
