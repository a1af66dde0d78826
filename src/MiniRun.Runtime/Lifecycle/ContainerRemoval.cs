using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Removes a container, whatever is left of it: half made, running, ended, or half removed by another that was killed.</summary>
internal static class ContainerRemoval
{
    private const int DeathMilliseconds = 10_000;

    public static void Delete(ContainerFolder folder, bool force, Action<string> warn)
    {
        using FileLock held = folder.Lock();
        if (force)
        {
            ForceRemove(folder, warn);
            return;
        }

        ContainerState? state = folder.ReadState();
        if (state is not null)
        {
            RequireRemovable(folder, state);
        }

        Remove(folder, state, warn);
    }

    /// <summary>Kills what still runs and removes everything. The caller holds the lock.</summary>
    public static void Remove(ContainerFolder folder, ContainerState? state, Action<string> warn)
    {
        if (state?.Init is not null)
        {
            KillInit(state.Init);
        }

        ContainerHooks? hooks = ContainerHooks.Of(folder, state);
        RemoveEnded(folder, state?.Cgroup, state?.Scope, state?.Resctrl);
        hooks?.Poststop(warn);
    }

    private static void RemoveEnded(ContainerFolder folder, string? cgroup, SystemdScope? scope, ResctrlPlacement? resctrl) =>
        RemoveEnded(folder, cgroup is null ? null : CgroupHost.Detect(), cgroup, scope, resctrl);

    /// <summary>Removes what is left of a container whose init is known to have ended. The caller holds the lock.</summary>
    public static void RemoveEnded(ContainerFolder folder, CgroupHost? cgroups, string? cgroup, SystemdScope? scope, ResctrlPlacement? resctrl)
    {
        Faults.Point(FaultPoint.Killed);
        if (cgroups is not null && cgroup is not null)
        {
            CgroupFolder.Remove(cgroups, cgroup, scope);
        }

        Faults.Point(FaultPoint.CgroupRemoved);
        if (resctrl is not null)
        {
            ContainerResctrl.Remove(folder.Id, resctrl);
        }

        folder.Remove();
    }

    /// <summary>A damaged state no longer says who init is; the cgroup that is written down beside it still holds all processes.</summary>
    private static void ForceRemove(ContainerFolder folder, Action<string> warn)
    {
        ContainerState? state;
        try
        {
            state = folder.ReadState();
        }
        catch (MiniRunException)
        {
            RemoveEnded(folder, folder.ReadCgroup(), scope: null, resctrl: null);
            return;
        }

        Remove(folder, state, warn);
    }

    private static void RequireRemovable(ContainerFolder folder, ContainerState state)
    {
        ContainerStatus status = ContainerInspection.StatusOf(folder, state);
        if (status is ContainerStatus.Running or ContainerStatus.Paused)
        {
            throw new MiniRunException($"cannot delete container {folder.Id} that is not stopped: {status.Word()}: kill it first, or use --force");
        }
    }

    private static void KillInit(ProcessIdentity identity)
    {
        using Pidfd? init = identity.Open();
        if (init is null || !init.Signal(Signals.SIGKILL))
        {
            return;
        }

        Poll poll = new();
        poll.Add(init.Descriptor);
        if (poll.Wait(DeathMilliseconds) == 0)
        {
            throw new MiniRunException($"process {identity.Pid} does not die of SIGKILL within {DeathMilliseconds / 1000} seconds: it waits for a device or network file system; try again later");
        }
    }
}
