using MiniRun.Linux;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>`ps`: the processes of a container, as the host numbers them.</summary>
internal static class ContainerProcesses
{
    /// <summary>In ascending order; none where the container has ended.</summary>
    /// <exception cref="MiniRunException">The container has no cgroup.</exception>
    public static IReadOnlyList<int> Of(ContainerFolder folder)
    {
        ContainerState state = folder.ReadState() ?? throw new NoSuchContainerException(folder.Id);
        if (ContainerInspection.StatusOf(folder, state) is ContainerStatus.Stopped or ContainerStatus.Creating)
        {
            return [];
        }

        using Cgroup cgroup = ContainerCgroup.Open(state, "list the processes of");
        List<int> pids = [.. cgroup.Processes()];
        pids.Sort();
        return pids;
    }
}
