using System.Globalization;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Listing;
using MiniRun.Linux;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`ps`: docker's fields of containers. What is not known of a container is empty.</summary>
internal static class ContainerListing
{
    private const int CommandWidth = 20;
    private const int MountWidth = 15;

    private static readonly string[] s_columns = ["ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"];

    /// <param name="now">What ages are counted up to.</param>
    /// <param name="full">Whether ids, commands and mounts are shown in full.</param>
    /// <param name="size">Whether the table has a column of sizes.</param>
    /// <param name="counts">Whether sizes are counted, which takes long; they are 0 otherwise, as with docker.</param>
    internal static Listing<ListedContainer> Of(DateTimeOffset now, bool full, bool size = false, bool counts = false) => new()
    {
        Item = "container",
        Columns = size ? [.. s_columns, "Size"] : s_columns,
        Fields =
        [
            new("ID", "CONTAINER ID", container => full ? container.Summary.Id.Value : container.Summary.Id.Short),
            new("Image", "IMAGE", container => container.Record?.Image ?? ""),
            new("Command", "COMMAND", container => container.Record is { } record ? $"\"{Shortened(string.Join(' ', record.Command), CommandWidth, full)}\"" : ""),
            new("CreatedAt", "CREATED AT", container => container.Record is { } record ? GoTime.Of(record.Created) : ""),
            new("RunningFor", "CREATED", container => container.Record is { } record ? ImageListing.Age(record.Created, now) : ""),
            new("State", "STATE", container => container.Summary.PhaseName),
            new("Status", "STATUS", container => Status(container.Summary, now)),
            new("Ports", "PORTS", _ => ""),
            new("Size", "SIZE", container => counts ? Size(container) : HumanSize.Of(0)),
            new("Names", "NAMES", container => container.Record?.Name ?? ""),
            new("Labels", "LABELS", container => string.Join(',', container.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))),
            new("Mounts", "MOUNTS", container => string.Join(',', container.Mounts.Select(mount => Shortened(mount.Label, MountWidth, full)))),
            new("LocalVolumes", "LOCAL VOLUMES", container => Count(container.Record?.Volumes.Count ?? 0)),
            new("Networks", "NETWORKS", container => container.Network),
        ],
        Methods = new Dictionary<string, Func<ListedContainer, string, string>> { ["Label"] = (container, key) => container.Labels.FirstOrDefault(label => label.Key == key).Value ?? "" },
    };

    private static string Status(ContainerSummary container, DateTimeOffset now) => container.Phase switch
    {
        _ when container.Record is null => "Dead (half-made)",
        ContainerPhase.Running or ContainerPhase.Paused => $"Up {Since(container.Started, now)}{Remark(container)}",
        ContainerPhase.Restarting => $"Restarting ({container.Life?.ExitCode}) {Since(container.Life?.Finished, now)} ago",
        ContainerPhase.Exited when container.Life is { ExitCode: { } code, Finished: { } finished } => $"Exited ({code}) {Since(finished, now)} ago",
        ContainerPhase.Exited => $"Exited ({WaitContainer.UnknownStatus}), nobody saw its end",
        ContainerPhase.Created => "Created",
        _ => "Dead",
    };

    private static string Remark(ContainerSummary container) => container switch
    {
        { Phase: ContainerPhase.Paused } => " (Paused)",
        { Unattended: true } => " (no monitor)",
        { Life.Health.Status: "starting" } => " (health: starting)",
        { Life.Health.Status: var health } => $" ({health})",
        _ => "",
    };

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Size(ListedContainer container) => container.Size() is { } size
        ? $"{HumanSize.Of(size.Written)} (virtual {HumanSize.Of(size.All)})"
        : "N/A";

    private static string Since(DateTimeOffset? time, DateTimeOffset now) => HumanDuration.Of(now - (time ?? now));

    internal static string Shortened(string text, int width, bool full)
    {
        string line = OneLine.Of(text);
        return full || line.Length <= width ? line : string.Concat(line.AsSpan(0, width - 1), "…");
    }
}
