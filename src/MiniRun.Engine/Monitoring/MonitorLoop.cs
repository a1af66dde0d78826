using MiniRun.Engine.Logs;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Monitoring;

/// <summary>
/// What a monitor does all the time, by one thread, one turn after another: it carries the streams of the program that runs, if one
/// does, to the log and to those who are attached, and does what they say. A turn leaves no garbage: the heap would grow by it.
/// </summary>
internal sealed class MonitorLoop : IAttachedProgram, IDisposable
{
    private readonly MonitorParts _parts;
    private readonly Action _stopAsked;
    private readonly OutputHandler _handOn;
    private readonly Poll _poll = new();
    private IAttendedContainer? _container;
    private ProgramStreams? _streams;
    private StopTerms _stop;
    private long _killAt = long.MaxValue;

    /// <param name="parts">The monitor's.</param>
    /// <param name="stopAsked">Told when the program is about to be ended by hand.</param>
    internal MonitorLoop(MonitorParts parts, Action stopAsked)
    {
        _parts = parts;
        _stopAsked = stopAsked;
        _handOn = HandOn;
    }

    /// <summary>Whether a program runs.</summary>
    internal bool Runs => _container is not null;

    public bool TakesInput => _streams is { TakesInput: true };

    /// <summary>From now on a program runs.</summary>
    internal void Begin(IAttendedContainer container, ProgramStreams streams, StopTerms stop)
    {
        (_container, _streams, _stop) = (container, streams, stop);
    }

    /// <summary>The program has ended: how.</summary>
    internal ExitReport Reap() => _container!.Reap();

    /// <summary>Removes what the container had.</summary>
    /// <exception cref="MiniRunException">Something of it cannot be removed.</exception>
    internal ExitReport Complete(ExitReport report) => _container!.Complete(report);

    /// <summary>Hands on what the program said last, and is without a program again.</summary>
    internal void End()
    {
        _streams!.Drain(_parts.Server.Buffer, _handOn);
        _parts.Log?.Flush();
        Dispose();
        _killAt = long.MaxValue;
    }

    /// <summary>Waits for the next thing to do and does it; true once the program has ended. Milliseconds, -1 for ever.</summary>
    internal bool Turn(int milliseconds)
    {
        _poll.Clear();
        int signal = _poll.Add(_parts.Signals.Descriptor);
        int end = _container is null ? -1 : _poll.Add(_container.End);
        _streams?.Join(_poll);
        _parts.Server.Join(_poll, TakesInput);
        _poll.Wait(_killAt == long.MaxValue ? milliseconds : (int)Math.Clamp(_killAt - Environment.TickCount64, 0, int.MaxValue));
        if (_poll.HasInput(signal))
        {
            TakeSignals();
        }

        _streams?.Carry(_poll, _parts.Server.Buffer, _handOn);
        _parts.Server.Serve(_poll, this);
        if (Environment.TickCount64 >= _killAt)
        {
            _killAt = long.MaxValue;
            _container?.Signal(Signals.SIGKILL);
        }

        return end >= 0 && _poll.IsReadable(end);
    }

    /// <summary>Whoever ends the monitor (a host that shuts down) means the container: it is stopped as `minirun stop` would.</summary>
    internal void TakeSignals()
    {
        while (_parts.Signals.Next() != 0)
        {
            StopAsked();
            if (_container is not null && _killAt == long.MaxValue)
            {
                _container.Signal(_stop.Signal);
                _killAt = _stop.Seconds >= 0 ? Environment.TickCount64 + (_stop.Seconds * 1000L) : long.MaxValue - 1;
            }
        }
    }

    /// <summary>What another process needs to go on. Only before the first turn of a run: streams and log are as they were opened.</summary>
    internal MonitorHandOver HandOver(long begun, int restarts, int delay) => new()
    {
        Alone = _parts.Alone.Descriptor,
        Listener = _parts.Server.Listener,
        Clients = _parts.Server.Clients(),
        Size = _parts.Server.Size,
        InputOnce = _parts.InputOnce,
        LogFolder = _parts.Log?.Folder,
        LogFile = _parts.Log?.File,
        Log = _parts.Log?.Options ?? new LogOptions(),
        Program = _container!.End,
        Terminal = _container.Terminal,
        Input = _streams!.InputEnd,
        Output = _streams.OutputEnd,
        Errors = _streams.ErrorsEnd,
        Interactive = _streams.IsInteractive,
        Stop = _stop,
        Begun = begun,
        Restarts = restarts,
        Delay = delay,
    };

    public void Input(ReadOnlySpan<byte> bytes) => _streams?.Input(bytes);

    public void EndInput()
    {
        if (_parts.InputOnce)
        {
            _streams?.EndInput();
        }
    }

    public void Resize(TerminalSize size) => _streams?.Resize(size);

    public void Signal(int signal) => _container?.Signal(signal);

    public void StopAsked() => _stopAsked();

    public void Dispose()
    {
        _streams?.Dispose();
        _container?.Dispose();
        (_container, _streams) = (null, null);
    }

    private void HandOn(Span<byte> message, AttachedStreams stream)
    {
        _parts.Log?.Write(stream == AttachedStreams.Output ? LogStream.Stdout : LogStream.Stderr, message[1..], DateTimeOffset.UtcNow);
        _parts.Server.Output(message, stream);
    }
}
