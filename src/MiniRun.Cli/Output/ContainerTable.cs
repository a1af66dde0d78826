using System.Text;
using MiniRun.Engine.Containers;
using MiniRun.Linux;

namespace MiniRun.Cli.Output;

/// <summary>docker's table of containers.</summary>
internal static class ContainerTable
{
    private const int ColumnGap = 3;
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

        var table = new StringBuilder();
        int[] widths = Widths(rows);
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length - 1; i++)
            {
                table.Append(row[i]).Append(' ', widths[i] - row[i].Length + ColumnGap);
            }

            table.Append(row[^1]).Append('\n');
        }

        return table.ToString();
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
            Status(container, record, now),
            "",
            record.Name,
        ];
    }

    private static string Status(ContainerSummary container, ContainerRecord record, DateTimeOffset now)
    {
        if (container.Running)
        {
            return $"Up {HumanDuration.Of(now - record.Created)}";
        }

        return record is { ExitCode: { } exitCode, Finished: { } finished }
            ? $"Exited ({exitCode}) {HumanDuration.Of(now - finished)} ago"
            : "Dead";
    }

    private static string Shortened(string command, bool full)
    {
        string line = command.ReplaceLineEndings(" ");
        return full || line.Length <= CommandWidth ? line : string.Concat(line.AsSpan(0, CommandWidth - 1), "…");
    }

    private static int[] Widths(List<string[]> rows)
    {
        int[] widths = new int[rows[0].Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        return widths;
    }
}
