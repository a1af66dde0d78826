using MiniRun.Engine.Images.Transfers;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>One layer's line on a terminal: "abc123def456: Downloading [====>     ] 12.3MB/45.6MB 5.1MB/s", never wider than the terminal.</summary>
internal static class TransferLine
{
    private const int WidestBar = 50;
    private const int NarrowestBar = 10;
    private const string Green = "\e[32m";
    private const string Plain = "\e[0m";

    internal static string Of(LayerTransfer transfer, int columns, bool isColored)
    {
        string words = TransferWords.Now(transfer.Phase);
        string head = $"{transfer.Layer.Short}: {words}";
        string line = transfer.Phase is TransferPhase.Downloading or TransferPhase.Extracting or TransferPhase.Pushing && transfer.Total > 0
            ? WithBar(head, transfer, columns)
            : head;
        line = line.Length > columns ? line[..columns] : line;
        return isColored && transfer.IsDone && line == head ? $"{transfer.Layer.Short}: {Green}{words}{Plain}" : line;
    }

    private static string WithBar(string head, LayerTransfer transfer, int columns)
    {
        string speed = transfer.Speed > 0 ? $" {HumanSize.Of((long)transfer.Speed)}/s" : "";
        string tail = $" {HumanSize.Of(transfer.Bytes)}/{HumanSize.Of(transfer.Total)}{speed}";
        int width = Math.Min(WidestBar, columns - head.Length - tail.Length - " []".Length);
        return width < NarrowestBar ? head + tail : $"{head} [{Bar(transfer, width)}]{tail}";
    }

    private static string Bar(LayerTransfer transfer, int width)
    {
        int filled = (int)(Math.Min(1.0, (double)transfer.Bytes / transfer.Total) * width);
        return filled == width ? new string('=', width) : $"{new string('=', filled)}>{new string(' ', width - filled - 1)}";
    }
}
