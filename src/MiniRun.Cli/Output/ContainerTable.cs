using MiniRun.Engine.Containers;
using MiniRun.Linux;

namespace MiniRun.Cli.Output;

/// <summary>docker's table of containers.</summary>
internal static class ContainerTable
{
    private const int CommandWidth = 20;
    private const int ShortIdLength = 12;

    internal static string ShortId(ContainerSummary container) =>
        container.Id.Value.Length > ShortIdLength ? container.Id.Value[..ShortIdLength] : container.Id.Value;

    internal static string Of(IReadOnlyList<ContainerSummary> containers, DateTimeOffset now, bool full)
    {
        List<string[]> rows = [["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"]];
        foreach (ContainerSummary container in containers)
        {
            rows.Add(Row(container, now, full));
        }

        return TextTable.Of(rows);
    }

    private static string[] Row(ContainerSummary container, DateTimeOffset now, bool full)
    {
        string id = full ? container.Id.Value : ShortId(container);
        if (container.Record is not { } record)
        {
            return [id, "", "", "", "Dead (half-made)", "", ""];
        }

        return
        [
            id,
            record.Image,
            $"\"{Shortened(OneLine.Of(string.Join(' ', record.Command)), full)}\"",
            $"{HumanDuration.Of(now - record.Created)} ago",
            Status(container, now),
            "",
            record.Name,
        ];
    }

    private static string Status(ContainerSummary container, DateTimeOffset now) => container.Phase switch
    {
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
        string line = command.ReplaceLineEndings(" ");
        return full || line.Length <= CommandWidth ? line : string.Concat(line.AsSpan(0, CommandWidth - 1), "…");
    }
}
