using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Options;
using MiniRun.Linux;

namespace MiniRun.Engine.Listing;

/// <summary>A container of `ps`: what it does, and what is found out only if a filter or a column asks for it.</summary>
public sealed class ListedContainer(ContainerSummary summary, ContainerFacts facts)
{
    private IReadOnlyList<MountPoint>? _mounts;

    public ContainerSummary Summary => summary;

    /// <summary>What it is; null where it is half-made.</summary>
    public ContainerRecord? Record => summary.Record;

    /// <summary>Its image's labels and its own, which win.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels => Record is { } record
        ? MergedConfig.Labels([.. record.OptionValues("--label").Select(static text => LabelOption.Parse(text, "--label"))], facts.Image(record).Config)
        : [];

    /// <summary>What is mounted in it of the host.</summary>
    public IReadOnlyList<MountPoint> Mounts => _mounts ??= ReadMounts();

    /// <summary>"host", or "none"; "" of a half-made one.</summary>
    public string Network => Record is null ? "" : Record.OptionValues("--network") is [.., "host"] ? "host" : "none";

    /// <summary>"healthy" and so on; "none" where it has no checks.</summary>
    public string Health => summary.Life?.Health?.Status ?? "none";

    /// <summary>The image it was made of; null where it is half-made.</summary>
    public ImageFacts? Image => Record is { } record ? facts.Image(record) : null;

    /// <summary>Counts the bytes of its files, which takes long; null where they cannot be read.</summary>
    public ContainerSize? Size() => Record is { } record ? facts.Size(summary.Id, record) : null;

    private IReadOnlyList<MountPoint> ReadMounts()
    {
        try
        {
            return Record is { } record ? facts.Mounts(record) : [];
        }
        catch (MiniRunException)
        {
            // Words of another version must not hide the container.
            return [];
        }
    }
}
