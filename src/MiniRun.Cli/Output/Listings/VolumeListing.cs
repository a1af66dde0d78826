using MiniRun.Engine.Volumes;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`volume ls`: docker's fields of a volume.</summary>
internal static class VolumeListing
{
    private const string Unknown = "N/A"; // as docker has it without `system df -v`

    internal static Listing<Volume> Of(VolumeStore store) => new()
    {
        Item = "volume",
        Columns = ["Driver", "Name"],
        Fields =
        [
            new("Name", "VOLUME NAME", volume => volume.Name.Value),
            new("Driver", "DRIVER", _ => "local"),
            new("Scope", "SCOPE", _ => "local"),
            new("Mountpoint", "MOUNTPOINT", volume => store.FilesOf(volume.Name)),
            new("Labels", "LABELS", volume => string.Join(',', volume.Labels.Select(label => $"{label.Key}={label.Value}"))),
            new("Availability", "AVAILABILITY", _ => Unknown),
            new("Group", "GROUP", _ => Unknown),
            new("Links", "LINKS", _ => Unknown),
            new("Size", "SIZE", _ => Unknown),
            new("Status", "STATUS", _ => Unknown),
        ],
        Methods = new Dictionary<string, Func<Volume, string, string>>
        {
            ["Label"] = (volume, key) => volume.Labels.FirstOrDefault(label => label.Key == key).Value ?? "",
        },
    };
}
