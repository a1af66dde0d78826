namespace MiniRun.Linux.Interop;

/// <summary>linux/bpf.h.</summary>
internal static unsafe partial class Libc
{
    public static nint bpf(int command, void* attributes, uint size) =>
        syscall(SyscallNumber.bpf, command, (nint)attributes, (nint)size, 0, 0);
}
