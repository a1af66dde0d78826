namespace MiniRun.Linux.Interop;

/// <summary>sys/pidfd.h.</summary>
internal static partial class Libc
{
    public static nint pidfd_open(int pid, uint flags) =>
        syscall(SyscallNumber.pidfd_open, pid, (nint)flags, 0, 0, 0);

    public static nint pidfd_getfd(FileDescriptor pidfd, int number, uint flags) =>
        syscall(SyscallNumber.pidfd_getfd, pidfd, number, (nint)flags, 0, 0);

    public static nint pidfd_send_signal(FileDescriptor pidfd, int signal) =>
        syscall(SyscallNumber.pidfd_send_signal, pidfd, signal, 0, 0, 0);
}
