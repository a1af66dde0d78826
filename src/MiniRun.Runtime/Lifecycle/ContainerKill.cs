using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Signals a container: its first process by a checked pidfd, or every process of its cgroup.</summary>
internal static class ContainerKill
{
    public static void Kill(ContainerFolder folder, int signal, bool all)
    {
        ContainerState state = folder.RequireState();
        using Pidfd? init = state.Init?.Open();
        if (all && state.Cgroup is not null)
        {
            KillAll(state.Cgroup, signal);
            return;
        }

        if (init is null || !init.Signal(signal))
        {
            // What is left of a container whose init has gone can only be in its cgroup; engines ask for that, and it is no error that nothing is.
            if (!all)
            {
                throw new MiniRunException($"container not running: {folder.Id}");
            }
        }
    }

    /// <summary>Waits for the first process's end; false where the time was up.</summary>
    public static bool WaitForEnd(ContainerFolder folder, int milliseconds)
    {
        using Pidfd? init = folder.RequireState().Init?.Open();
        if (init is null)
        {
            return true;
        }

        Poll poll = new();
        poll.Add(init.Descriptor);
        return poll.Wait(milliseconds) > 0;
    }

    private static void KillAll(string folder, int signal)
    {
        CgroupHost host = CgroupHost.Detect();
        using Cgroup? cgroup = CgroupFolder.TryOpen(host, folder);
        if (cgroup is null)
        {
            return;
        }

        if (signal == Signals.SIGKILL)
        {
            cgroup.Kill();
            return;
        }

        foreach (int pid in cgroup.Processes())
        {
            using Pidfd? process = Pidfd.TryOpen(pid);
            if (process is not null && IsIn(folder, host, pid))
            {
                process.Signal(signal);
            }
        }
    }

    /// <summary>A process that is held: its pid may have become another's between the list and its holding.</summary>
    private static bool IsIn(string folder, CgroupHost host, int pid)
    {
        try
        {
            string own = host.MountPoint + CgroupHost.PathOf(pid);
            return own == folder || own.StartsWith(folder + "/", StringComparison.Ordinal);
        }
        catch (SyscallException gone) when (gone.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return false;
        }
    }
}
