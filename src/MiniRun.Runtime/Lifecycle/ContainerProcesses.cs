using MiniRun.Linux;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>`ps`: the processes of a container, as the host numbers them.</summary>
internal static class ContainerProcesses
{
    /// <summary>In ascending order. Those that outlive init (without a pid namespace of its own) are among them; none where the cgroup went with the last.</summary>
    /// <exception cref="MiniRunException">The container has no cgroup.</exception>
    public static IReadOnlyList<int> Of(ContainerFolder folder)
    {
        ContainerState state = folder.RequireState();
        bool ended = ContainerInspection.StatusOf(folder, state) is ContainerStatus.Stopped or ContainerStatus.Creating;
        using Cgroup? cgroup = ended ? ContainerCgroup.TryOpen(state) : ContainerCgroup.Open(state, "list the processes of");
        if (cgroup is null)
        {
            return [];
        }

        List<int> pids = [.. cgroup.Processes()];
        pids.Sort();
        return pids;
    }
}
