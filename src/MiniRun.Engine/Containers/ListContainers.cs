using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun ps`: the store's containers, newest first; the runtime says which of them run.</summary>
public sealed class ListContainers(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    public IReadOnlyList<ContainerSummary> List(bool all)
    {
        Dictionary<ContainerId, ContainerReport> reports = [];
        foreach (ContainerReport report in runtime.List(onDamaged: static _ => { }))
        {
            reports[report.Id] = report;
        }

        var look = new LookAtContainer(store, runtime);
        List<ContainerSummary> summaries = [];
        foreach (ContainerId id in store.List())
        {
            ContainerSummary summary = look.At(id, reports.GetValueOrDefault(id));
            if (all || summary.Running || summary.Phase == ContainerPhase.Restarting)
            {
                summaries.Add(summary);
            }
        }

        summaries.Sort(static (left, right) => Nullable.Compare(right.Record?.Created, left.Record?.Created));
        return summaries;
    }
}
