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

    /// <summary>Takes a dead child's exit status from the kernel, which ends it for good.</summary>
    public static void Reap(int pid)
    {
        WaitPid(pid, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitPid(int pid, nint status, int options);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
