using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Mounts;

/// <summary>The calling thread's mount namespace.</summary>
public static class MountNamespace
{
    /// <summary>Gives the calling thread, and no other, a copy in which mounts made later stay unseen outside.</summary>
    /// <exception cref="SyscallException">EPERM: needs CAP_SYS_ADMIN.</exception>
    public static void UnsharePrivate()
    {
        int unshared = Libc.unshare((int)NamespaceFlags.CLONE_NEWNS);
        KernelCall.Check(unshared, "unshare", "CLONE_NEWNS");
        int made = Libc.mount(null, "/", null, MountFlags.MS_PRIVATE | MountFlags.MS_REC, null);
        KernelCall.Check(made, "mount", "/ (MS_PRIVATE|MS_REC)");
    }
}
