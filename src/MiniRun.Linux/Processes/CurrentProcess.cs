using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>This process's own identity and settings.</summary>
public static class CurrentProcess
{
    public static int Pid => Libc.getpid();

    public static uint EffectiveUid => Libc.geteuid();

    public static uint EffectiveGid => Libc.getegid();

    /// <summary>Makes orphaned descendants this process's children, so that they can be reaped.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void BecomeSubreaper()
    {
        int result = Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
        KernelCall.Check(result, "prctl", "PR_SET_CHILD_SUBREAPER");
    }
}
