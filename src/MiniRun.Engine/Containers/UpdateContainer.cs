using MiniRun.Engine.Bundles;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun update`: other limits and another restart policy, for a running container at once, for another one from its next start on.</summary>
/// <param name="store">The containers.</param>
/// <param name="runtime">Those that run.</param>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
public sealed class UpdateContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, RunWordsReader read)
{
    /// <summary>Changes it, wholly or not at all.</summary>
    /// <exception cref="MiniRunException">There is no such container, the changes contradict what it has, or the kernel refuses a limit.</exception>
    public void Update(string reference, LimitChanges changes)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(reference);
        if (container.Phase == ContainerPhase.Dead)
        {
            throw new MiniRunException($"Cannot update container {reference}: container is dead: minirun rm -f {reference}");
        }

        ResourcesSpec limits = new();
        store.Change(
            container.Id,
            record =>
            {
                RunRequest after = changes.AppliedTo(RequestOf(record, reference));
                limits = Limits(after.Resources, changes);
                return record with { Run = RunWords.Of(after with { Name = null }) };
            },
            () =>
            {
                if (container.Running && changes.Limits)
                {
                    runtime.Update(container.Id, limits);
                }
            });
        store.Events.Container(container.Record, "update");
    }

    private RunRequest RequestOf(ContainerRecord record, string reference) => record.Run.Count > 0
        ? read(record.Run)
        : throw new MiniRunException($"Cannot update container {reference}: it was made by an older minirun or by a build, which did not write down its options: remove it and run the image anew");

    /// <summary>All that a changed limit needs, and nothing of those that stay: a host may refuse to write them.</summary>
    private static ResourcesSpec Limits(ResourceChoices after, LimitChanges changes)
    {
        ResourcesSpec whole = ResourcesPart.Build(after, Environment.ProcessorCount, new OptionOrigins());
        ResourceChoices changed = changes.Resources;
        CpuSpec cpu = new()
        {
            Quota = changes.Quota ? whole.Cpu?.Quota : null,
            Period = changes.Quota ? whole.Cpu?.Period : null,
            Shares = changed.CpuShares,
            Cpus = changed.CpusetCpus,
            Mems = changed.CpusetMems,
        };
        return new ResourcesSpec
        {
            Memory = changes.Memory ? whole.Memory : null,
            Cpu = cpu == new CpuSpec() ? null : cpu,
            Pids = changes.LiftsPids ? new PidsSpec(-1) : changed.PidsLimit is { } pids ? new PidsSpec(pids) : null,
            BlockIo = changed.BlockIoWeight is { } weight ? new BlockIoSpec { Weight = weight } : null,
        };
    }
}
