namespace MiniRun.Linux.Interop;

/// <summary>sys/wait.h.</summary>
internal static unsafe partial class Libc
{
    public const int P_PID = 1;
    public const int P_PIDFD = 3;
    public const int WNOHANG = 1;
    public const int WEXITED = 4;
    public const int WNOWAIT = 0x01000000;
    public const int __WALL = 0x40000000;
    public const int CLD_EXITED = 1;
    public const int CLD_KILLED = 2;
    public const int CLD_DUMPED = 3;

    public static nint waitid(int type, FileDescriptor pidfd, siginfo* info, int options) =>
        syscall(SyscallNumber.waitid, type, pidfd.Number, (nint)info, options, 0);
}
