using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Transfers;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>How far one layer is, and how fast it goes.</summary>
internal sealed class LayerTransfer(Digest layer)
{
    // A second smooths what comes in bursts, and still follows.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1);

    private TimeSpan _since;
    private long _bytesThen;

    internal Digest Layer { get; } = layer;

    internal TransferPhase Phase { get; private set; }

    internal long Bytes { get; private set; }

    /// <summary>0 where it is not known.</summary>
    internal long Total { get; private set; }

    /// <summary>Bytes a second; 0 until there is something to go by.</summary>
    internal double Speed { get; private set; }

    internal bool IsDone => TransferWords.IsDone(Phase);

    internal void Update(TransferPhase phase, long bytes, long total, TimeSpan now)
    {
        if (phase != Phase)
        {
            (_since, _bytesThen, Speed) = (now, bytes, 0);
        }

        (Phase, Bytes, Total) = (phase, bytes, total);
        TimeSpan elapsed = now - _since;
        if (elapsed >= s_window)
        {
            double current = Math.Max(0, bytes - _bytesThen) / elapsed.TotalSeconds;
            Speed = Speed == 0 ? current : (Speed + current) / 2;
            (_since, _bytesThen) = (now, bytes);
        }
    }
}
