using System.Runtime.InteropServices;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>The few kernel calls that the tests themselves make.</summary>
internal static partial class Kernel
{
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;

    private const int PR_SET_CHILD_SUBREAPER = 36;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial uint EffectiveUser();

    /// <summary>Orphans among our descendants become our children, so that none can be lost from sight.</summary>
    public static void AdoptOrphans()
    {
        Assert.Equal(0, Control(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
    }

    /// <summary>Whether a child has died that nobody has waited for yet: one call, and it stays to be waited for.</summary>
    public static unsafe bool HasDeadChild()
    {
        const int P_ALL = 0;
        const int WNOHANG = 1;
        const int WEXITED = 4;
        const int WNOWAIT = 0x01000000;

        // struct siginfo has 128 bytes; si_signo, the first, is 0 where there is none.
        int* info = stackalloc int[32];
        info[0] = 0;
        return WaitId(P_ALL, 0, info, WNOHANG | WEXITED | WNOWAIT) == 0 && info[0] != 0;
    }

    /// <summary>Takes a dead child's exit status from the kernel, which ends it for good.</summary>
    public static void Reap(int pid)
    {
        WaitPid(pid, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int WaitId(int kind, uint id, int* info, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitPid(int pid, nint status, int options);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
