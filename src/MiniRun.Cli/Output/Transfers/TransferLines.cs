using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Linux;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>A line for each thing that has happened to a layer, for logs and pipes.</summary>
internal sealed class TransferLines(TextWriter writer) : ITransferOutput
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, string> _said = [];

    public void Report(Digest layer, TransferPhase phase, long bytes, long total)
    {
        string words = TransferWords.Event(phase);
        lock (_lock)
        {
            if (!_said.TryGetValue(layer, out string? last) || last != words)
            {
                _said[layer] = words;
                writer.Write($"{layer.Short}: {words}\n");
                writer.Flush();
            }
        }
    }

    public void Say(string line)
    {
        lock (_lock)
        {
            writer.Write($"{OneLine.Of(line)}\n");
            writer.Flush();
        }
    }

    public void Dispose()
    {
        // Every line is written already.
    }
}
