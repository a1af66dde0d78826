using System.Globalization;
using MiniRun.Engine.Inventory;
using MiniRun.Engine.Listing;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`system df`: docker's fields of what takes space.</summary>
internal static class DiskUsageListing
{
    internal static Listing<DiskUsageLine> Lines { get; } = new()
    {
        Item = "usage",
        Columns = ["Type", "TotalCount", "Active", "Size", "Reclaimable"],
        Fields =
        [
            new("Type", "TYPE", line => line.Type),
            new("TotalCount", "TOTAL", line => Number(line.Total)),
            new("Active", "ACTIVE", line => Number(line.Active)),
            new("Size", "SIZE", line => HumanSize.Of(line.Size)),
            new("Reclaimable", "RECLAIMABLE", Reclaimable),
        ],
    };

    /// <summary>`system df -v`: images, with what of each is shared.</summary>
    internal static Listing<ImageUsage> Images(DateTimeOffset now)
    {
        Listing<ImageSummary> plain = ImageListing.Of(now, full: false, digests: false);
        return new()
        {
            Item = "image",
            Columns = ["Repository", "Tag", "ID", "CreatedSince", "Size", "SharedSize", "UniqueSize", "Containers"],
            Fields =
            [
                .. plain.Fields.Select(static field => new Field<ImageUsage>(field.Name, field.Header, usage => field.Text(usage.Image))),
                new("SharedSize", "SHARED SIZE", usage => HumanSize.Of(usage.Shared)),
                new("UniqueSize", "UNIQUE SIZE", usage => HumanSize.Of(usage.Unique)),
                new("Containers", "CONTAINERS", usage => Number(usage.Containers)),
            ],
        };
    }

    /// <summary>`system df -v`: containers, with what each has written.</summary>
    internal static Listing<ListedContainer> Containers(DateTimeOffset now) => ContainerListing.Of(now, full: false, size: true, counts: true) with
    {
        Columns = ["ID", "Image", "Command", "LocalVolumes", "Size", "RunningFor", "Status", "Names"],
    };

    /// <summary>`system df -v`: volumes.</summary>
    internal static Listing<VolumeUsage> Volumes { get; } = new()
    {
        Item = "volume",
        Columns = ["Name", "Links", "Size"],
        Fields =
        [
            new("Name", "VOLUME NAME", usage => usage.Volume.Name.Value),
            new("Driver", "DRIVER", _ => "local"),
            new("Scope", "SCOPE", _ => "local"),
            new("Labels", "LABELS", usage => string.Join(',', usage.Volume.Labels.Select(label => $"{label.Key}={label.Value}"))),
            new("Links", "LINKS", usage => Number(usage.Links)),
            new("Size", "SIZE", usage => HumanSize.Of(usage.Size)),
        ],
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Reclaimable(DiskUsageLine line) =>
        line.Size == 0 ? HumanSize.Of(0) : $"{HumanSize.Of(line.Reclaimable)} ({100 * line.Reclaimable / line.Size}%)";
}
