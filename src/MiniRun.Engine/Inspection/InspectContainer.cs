using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Linux;

namespace MiniRun.Engine.Inspection;

/// <summary>`minirun inspect` of a container: its record, its life, what the runtime says of it now, and its image, in one place.</summary>
public sealed class InspectContainer(ContainerFacts facts, Runtime.Lifecycle.Containers runtime)
{
    // docker's, where a size cannot be found out.
    private static readonly ContainerSize s_unknownSize = new(-1, -1);

    /// <summary>Gathers what there is to tell; null where there is no such container.</summary>
    /// <param name="reference">Its name, id, or the beginning of its id.</param>
    /// <param name="size">Whether to count the bytes of its files, which takes long.</param>
    /// <exception cref="MiniRunException">Several are meant, or it was made by words that this version does not understand.</exception>
    public ContainerDetails? TryInspect(string reference, bool size)
    {
        if (facts.Store.TryFind(reference) is not { } id)
        {
            return null;
        }

        ContainerSummary summary = new LookAtContainer(facts.Store, runtime).At(id);
        ContainerRecord record = summary.Record ?? new ContainerRecord { Id = id, Name = facts.Store.NameOf(id) ?? "", Image = "", Command = [], Created = default };
        RunRequest request = facts.Request(record);
        return new ContainerDetails
        {
            Summary = summary,
            Record = record,
            Request = request,
            Image = facts.Image(record),
            Mounts = facts.Mounts(record),
            Folder = facts.Store.FolderOf(id),
            Copied = facts.IsCopied(id),
            Hostname = BundleBuilder.SeenHostname(request, id, Environment.MachineName),
            Size = size ? facts.Size(id, record) ?? s_unknownSize : null,
        };
    }

    /// <summary>The words behind `minirun` that make the same container again.</summary>
    /// <exception cref="MiniRunException">There is none, or how it was made was not written down.</exception>
    public IReadOnlyList<string> RunWordsOf(string reference)
    {
        ContainerRecord? record = facts.Store.Read(facts.Store.Find(reference));
        return record is { Run.Count: > 0 }
            ? ["run", $"--name={record.Name}", .. RecordedSeccomp.In(record.Run, facts.Store.FolderOf(record.Id))]
            : throw new MiniRunException($"container {reference} was made by an older minirun or by a build, which did not write down how");
    }
}
