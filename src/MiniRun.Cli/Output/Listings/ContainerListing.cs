using MiniRun.Engine.Containers;
using MiniRun.Linux;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`ps`: docker's fields of containers. What is not known of a container is empty.</summary>
internal static class ContainerListing
{
    private const int CommandWidth = 20;
    private const int ShortIdLength = 12;

    /// <param name="now">What ages are counted up to.</param>
    /// <param name="full">Whether ids and commands are shown in full.</param>
    internal static Listing<ContainerSummary> Of(DateTimeOffset now, bool full) => new()
    {
        Item = "container",
        Columns = ["ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"],
        Fields =
        [
            new("ID", "CONTAINER ID", container => Id(container, full)),
            new("Image", "IMAGE", container => container.Record?.Image ?? ""),
            new("Command", "COMMAND", container => container.Record is { } record ? $"\"{Shortened(string.Join(' ', record.Command), full)}\"" : ""),
            new("CreatedAt", "CREATED AT", container => container.Record is { } record ? GoTime.Of(record.Created) : ""),
            new("RunningFor", "CREATED", container => container.Record is { } record ? $"{HumanDuration.Of(now - record.Created)} ago" : ""),
            new("State", "STATE", State),
            new("Status", "STATUS", container => Status(container, now)),
            new("Ports", "PORTS", Unknown),
            new("Size", "SIZE", Unknown),
            new("Names", "NAMES", container => container.Record?.Name ?? ""),
            new("Labels", "LABELS", Unknown),
            new("Mounts", "MOUNTS", Unknown),
            new("LocalVolumes", "LOCAL VOLUMES", Unknown),
            new("Networks", "NETWORKS", Unknown),
        ],
        Methods = new Dictionary<string, Func<ContainerSummary, string, string>> { ["Label"] = (_, _) => "" },
    };

    private static string Id(ContainerSummary container, bool full) =>
        full || container.Id.Value.Length <= ShortIdLength ? container.Id.Value : container.Id.Value[..ShortIdLength];

    private static string State(ContainerSummary container) => container.Phase switch
    {
        ContainerPhase.Created => "created",
        ContainerPhase.Running => "running",
        ContainerPhase.Paused => "paused",
        ContainerPhase.Restarting => "restarting",
        ContainerPhase.Exited => "exited",
        _ => "dead",
    };

    private static string Status(ContainerSummary container, DateTimeOffset now) => container.Phase switch
    {
        _ when container.Record is null => "Dead (half-made)",
        ContainerPhase.Running or ContainerPhase.Paused => $"Up {Since(container.Started, now)}{Remark(container)}",
        ContainerPhase.Restarting => $"Restarting ({container.Life?.ExitCode}) {Since(container.Life?.Finished, now)} ago",
        ContainerPhase.Exited when container.Life is { ExitCode: { } code, Finished: { } finished } => $"Exited ({code}) {Since(finished, now)} ago",
        ContainerPhase.Exited => $"Exited ({WaitContainer.UnknownStatus}), its monitor was killed",
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

    private static string Since(DateTimeOffset? time, DateTimeOffset now) => HumanDuration.Of(now - (time ?? now));

    private static string Shortened(string command, bool full)
    {
        string line = OneLine.Of(command);
        return full || line.Length <= CommandWidth ? line : string.Concat(line.AsSpan(0, CommandWidth - 1), "…");
    }

    private static string Unknown(ContainerSummary container) => "";
}
