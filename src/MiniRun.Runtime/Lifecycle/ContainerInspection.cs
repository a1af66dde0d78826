using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Finds out what a container does now: what was committed is compared with what the kernel says.</summary>
internal static class ContainerInspection
{
    /// <summary>Null where the container is not described yet, or no longer.</summary>
    /// <param name="folder">The container.</param>
    /// <param name="host">How cgroups are found out, which takes longer than all else here; null is anew.</param>
    public static ContainerReport? Report(ContainerFolder folder, Func<CgroupHost>? host = null)
    {
        if (folder.ReadState() is not { } state)
        {
            return null;
        }

        ContainerStatus status = StatusOf(folder, state, host);
        return new ContainerReport
        {
            Id = state.Id,
            Status = status,
            Pid = status is ContainerStatus.Stopped or ContainerStatus.Creating ? 0 : state.Init!.Pid,
            OciVersion = state.OciVersion,
            Bundle = state.Bundle,
            Rootfs = state.Rootfs,
            Created = state.Created,
            OwnerUid = folder.OwnerUid(),
            Annotations = state.Annotations,
            Cgroup = state.Cgroup,
        };
    }

    public static ContainerStatus StatusOf(ContainerFolder folder, ContainerState state, Func<CgroupHost>? host = null)
    {
        if (state.Init is null)
        {
            return IsBeingMade(folder) ? ContainerStatus.Creating : ContainerStatus.Stopped;
        }

        if (!state.Init.IsAlive())
        {
            return ContainerStatus.Stopped;
        }

        if (IsFrozen(state, host))
        {
            return ContainerStatus.Paused;
        }

        // A `start` may have died after "go" and before it wrote that down.
        return state.Committed == ContainerStatus.Created && AwaitsStart(folder) ? ContainerStatus.Created : ContainerStatus.Running;
    }

    /// <summary>Whether init still listens. A connection that says nothing does not start it.</summary>
    private static bool AwaitsStart(ContainerFolder folder)
    {
        try
        {
            using FileDescriptor connection = UnixSocket.Connect(folder.Directory, HostDescriptors.StartSocketName);
            return true;
        }
        catch (SyscallException e) when (e.Errno is Errno.ECONNREFUSED or Errno.ENOENT)
        {
            return false;
        }
    }

    /// <summary>Whether somebody holds the lock: without that, whoever was making the container has died.</summary>
    private static bool IsBeingMade(ContainerFolder folder) => folder.IsLocked();

    private static bool IsFrozen(ContainerState state, Func<CgroupHost>? host)
    {
        if (state.Cgroup is null)
        {
            return false;
        }

        using Cgroup? cgroup = CgroupFolder.TryOpen(host?.Invoke() ?? CgroupHost.Detect(), state.Cgroup);
        return cgroup is { Frozen: true };
    }
}
