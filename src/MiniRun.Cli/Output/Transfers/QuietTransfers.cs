using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Transfers;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>Shows nothing: what the command prints at its end is all that was asked for.</summary>
internal sealed class QuietTransfers : ITransferOutput
{
    public void Report(Digest layer, TransferPhase phase, long bytes, long total)
    {
        // Nobody wants to know.
    }

    public void Say(string line)
    {
        // As above.
    }

    public void Dispose()
    {
        // Nothing stands anywhere.
    }
}
