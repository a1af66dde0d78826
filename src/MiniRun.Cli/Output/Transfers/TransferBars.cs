using System.Text;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>
/// A line a layer, redrawn in place ten times a second at most: reports come thousands of times as often. Draws with cursor
/// movements alone, so a terminal keeps what was on it before.
/// </summary>
internal sealed class TransferBars : ITransferOutput
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Action<string> _write;
    private readonly Func<TerminalSize> _size;
    private readonly bool _isColored;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private readonly List<LayerTransfer> _layers = [];
    private readonly Dictionary<Digest, LayerTransfer> _byDigest = [];
    private int _drawn;
    private bool _hasChanged;

    /// <param name="write">Puts text on the terminal at once.</param>
    /// <param name="size">Its size, asked each time as windows change.</param>
    /// <param name="time">The clock, and the timer that redraws.</param>
    internal TransferBars(Action<string> write, Func<TerminalSize> size, bool isColored, TimeProvider time)
    {
        _write = write;
        _size = size;
        _isColored = isColored;
        _time = time;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Redraw(), null, s_period, s_period);
    }

    public void Report(Digest layer, TransferPhase phase, long bytes, long total)
    {
        lock (_lock)
        {
            if (!_byDigest.TryGetValue(layer, out LayerTransfer? transfer))
            {
                transfer = new LayerTransfer(layer);
                _byDigest.Add(layer, transfer);
                _layers.Add(transfer);
            }

            transfer.Update(phase, bytes, total, _time.GetElapsedTime(_started));
            _hasChanged = true;
        }
    }

    public void Say(string line)
    {
        lock (_lock)
        {
            StringBuilder text = Above();
            _drawn = 0;
            text.Append(OneLine.Of(line)).Append("\e[K\n");
            Draw(text);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Redraw();
    }

    private void Redraw()
    {
        lock (_lock)
        {
            if (_hasChanged)
            {
                Draw(Above());
            }
        }
    }

    /// <summary>Moves to where the first line of the last drawing begins.</summary>
    private StringBuilder Above()
    {
        StringBuilder text = new();
        return _drawn > 0 ? text.Append($"\e[{_drawn}A\r") : text.Append('\r');
    }

    private void Draw(StringBuilder text)
    {
        TerminalSize size = _size();
        int columns = size.Columns > 1 ? size.Columns - 1 : 79;
        int room = (size.Rows > 2 ? size.Rows : 24) - 2;
        List<LayerTransfer> shown = Shown(room);
        foreach (LayerTransfer transfer in shown)
        {
            text.Append(TransferLine.Of(transfer, columns, _isColored)).Append("\e[K\n");
        }

        int hidden = _layers.Count - shown.Count;
        if (hidden > 0)
        {
            text.Append($"and {hidden} more layers").Append("\e[K\n");
        }

        _drawn = shown.Count + (hidden > 0 ? 1 : 0);
        _hasChanged = false;
        // What a taller drawing before left below.
        _write(text.Append("\e[J").ToString());
    }

    /// <summary>All layers where there is room for them, else first those that something still happens to.</summary>
    private List<LayerTransfer> Shown(int room)
    {
        if (_layers.Count <= room)
        {
            return _layers;
        }

        List<LayerTransfer> shown = _layers.FindAll(transfer => !transfer.IsDone && transfer.Phase != TransferPhase.Waiting);
        shown.AddRange(_layers.FindAll(transfer => transfer.Phase == TransferPhase.Waiting));
        shown.AddRange(_layers.FindAll(transfer => transfer.IsDone));
        return shown[..room];
    }
}
