using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The cgroup of a container, for verbs that cannot do without.</summary>
internal static class ContainerCgroup
{
    /// <summary>The cgroup of a container that may have ended; null where there is none any more.</summary>
    public static Cgroup? TryOpen(ContainerState state) => state.Cgroup is { } folder ? CgroupFolder.TryOpen(CgroupHost.Detect(), folder) : null;

    /// <param name="state">The container.</param>
    /// <param name="verb">What is being done, for the message.</param>
    /// <exception cref="MiniRunException">The container was made without a cgroup, or it is gone.</exception>
    public static Cgroup Open(ContainerState state, string verb)
    {
        string folder = state.Cgroup ?? throw new MiniRunException($"cannot {verb} container {state.Id}: it has no cgroup: create it with one (as root, or in a delegated cgroup)");
        return CgroupFolder.TryOpen(CgroupHost.Detect(), folder) ?? throw new MiniRunException($"cannot {verb} container {state.Id}: its cgroup {folder} is gone: delete the container");
    }
}
