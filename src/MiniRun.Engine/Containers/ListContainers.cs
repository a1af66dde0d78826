using MiniRun.Linux;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun ps`: the store's containers, newest first; the runtime says which of them run.</summary>
public sealed class ListContainers(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    public IReadOnlyList<ContainerSummary> List(bool all)
    {
        HashSet<ContainerId> running = [];
        foreach (ContainerReport report in runtime.List())
        {
            if (report.Status is ContainerStatus.Running or ContainerStatus.Paused)
            {
                running.Add(report.Id);
            }
        }

        List<ContainerSummary> summaries = [];
        foreach (ContainerId id in store.List())
        {
            if (all || running.Contains(id))
            {
                summaries.Add(new ContainerSummary(id, ReadRecord(id), running.Contains(id)));
            }
        }

        summaries.Sort(static (left, right) => Nullable.Compare(right.Record?.Created, left.Record?.Created));
        return summaries;
    }

    private ContainerRecord? ReadRecord(ContainerId id)
    {
        try
        {
            return store.Read(id);
        }
        catch (MiniRunException)
        {
            // One damaged record must not hide the other containers; rm -f clears it.
            return null;
        }
    }
}
