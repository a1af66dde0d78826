namespace MiniRun.Linux.Interop;

/// <summary>sys/resource.h.</summary>
internal static unsafe partial class Libc
{
    public static nint prlimit64(int pid, int resource, rlimit64* next, rlimit64* previous) =>
        syscall(SyscallNumber.prlimit64, pid, resource, (nint)next, (nint)previous, 0);
}
