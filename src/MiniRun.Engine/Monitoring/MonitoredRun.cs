using MiniRun.Engine.Containers;
using MiniRun.Engine.Logs;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Monitoring;

/// <summary>All runs of a container's program under one monitor: the first, and those of its restart policy.</summary>
internal sealed class MonitoredRun : IAttachedProgram, IDisposable
{
    // As long as docker waits for a reader that has fallen behind; a container that has ended waits for nobody for ever.
    private const int LingerMilliseconds = 600_000;

    private readonly ContainerStore _store;
    private readonly Runtime.Lifecycle.Containers _runtime;
    private readonly ContainerRecord _record;
    private readonly Func<ContainerRecord, RunRequest> _read;
    private readonly AttachServer _server;
    private readonly SignalPipe _signals;
    private readonly RestartDelay _delay = new();
    private readonly Poll _poll = new();
    private readonly byte[] _buffer = new byte[AttachServer.MaxMessage];
    private readonly bool _inputOnce;
    private readonly Lock _lifeLock = new(); // health checks have a thread of their own
    private RunRequest _request;
    private ContainerLife _life = new();
    private HealthChecks? _health;
    private PreparedContainer? _prepared;
    private readonly ContainerLog? _log;
    private ProgramStreams? _streams;
    private AttendedContainer? _container;
    private ExitReport _report;
    private long _killAt = long.MaxValue;
    private int _restarts;
    private bool _stopAsked;
    private bool _released;

    /// <param name="read">What a record asks for, with the mounts that were decided: `update` may change it while the program runs.</param>
    internal MonitoredRun(ContainerStore store, Runtime.Lifecycle.Containers runtime, ContainerRecord record, Func<ContainerRecord, RunRequest> read, AttachServer server, SignalPipe signals)
    {
        RunRequest request = read(record);
        _read = read;
        _store = store;
        _runtime = runtime;
        _record = record;
        _request = request;
        _server = server;
        _signals = signals;
        _inputOnce = !request.Life.Detach;
        if (request.Life.Log.Driver != LogDriver.None)
        {
            using FileDescriptor folder = HostFile.OpenDirectory(store.FolderOf(record.Id));
            _log = ContainerLog.Open(folder, ContainerLog.FileName(record.Id), request.Life.Log);
        }
    }

    internal Action<string> Note { get; init; } = static _ => { };

    public bool TakesInput => _streams is { TakesInput: true };

    /// <summary>docker's exit code of a container that could not be started.</summary>
    internal static int ExitCodeOf(MiniRunException failure) => failure is LaunchException { ProgramExitCode: { } code } ? code : 125;

    /// <summary>Runs the program as often as the container's options say.</summary>
    /// <exception cref="MiniRunException">It could not be started the first time.</exception>
    internal void ToTheEnd()
    {
        while (true)
        {
            long begun = Environment.TickCount64;
            bool started = RunOnce();
            if (!_life.Restarting)
            {
                return;
            }

            int delay = _delay.Next(Environment.TickCount64 - begun);
            Note($"starts it again in {delay} ms{(started ? "" : ", for it could not be started")}");
            bool goesOn = Wait(delay);
            ReadAgain();
            if (!goesOn || !_request.Life.Restart.Wants(_report.Status, _restarts))
            {
                Change(life => life with { Restarting = false });
                return;
            }

            _restarts++;
        }
    }

    /// <summary>Tells all who are attached how it ended.</summary>
    internal void TellEnd() => _server.Ended(_report.Status, _prepared is null ? null : OutOfMemory.Remark(_report, _request.Resources.Memory?.Bytes));

    /// <summary>From now on the container may be another monitor's: nothing of it is written any more.</summary>
    internal void Release()
    {
        lock (_lifeLock)
        {
            _released = true;
        }
    }

    /// <summary>Stays until those who have fallen behind have read everything, or somebody ends this process.</summary>
    internal void Linger()
    {
        long deadline = Environment.TickCount64 + LingerMilliseconds;
        _stopAsked = false;
        while (_server.IsAnyBehind() && Environment.TickCount64 < deadline && !_stopAsked)
        {
            Turn(1000);
        }
    }

    public void Input(ReadOnlySpan<byte> bytes) => _streams?.Input(bytes);

    public void EndInput()
    {
        if (_inputOnce)
        {
            _streams?.EndInput();
        }
    }

    public void Resize(TerminalSize size) => _streams?.Resize(size);

    public void Signal(int signal) => _container?.Signal(signal);

    public void StopAsked()
    {
        _stopAsked = true;
        Change(life => life with { Stopped = true });
    }

    public void Dispose()
    {
        _health?.Dispose();
        _streams?.Dispose();
        _container?.Dispose();
        _log?.Dispose();
    }

    /// <summary>One run; false where the program could not be started.</summary>
    private bool RunOnce()
    {
        try
        {
            Start();
        }
        catch (MiniRunException failure)
        {
            Note($"cannot start it: {failure.Message}");
            _report = new ExitReport(ExitCodeOf(failure));
            Change(life => life with { Restarting = _restarts > 0 && WantsRestart(), Restarts = _restarts, Finished = DateTimeOffset.UtcNow, ExitCode = _report.Status, Error = failure.Message });
            if (_restarts == 0)
            {
                throw;
            }

            return false;
        }

        Carry();
        return true;
    }

    private void Start()
    {
        CreateContainer.MakeSources(_request.Files.Mounts);
        _prepared = new ContainerPreparation(_store.Data).Prepare(_request, RecordedImage.Of(_store.Data, _record), RecordedImage.Mounted(_store.Data, _record), _record.Id, trace: null);
        var streams = new ProgramStreams(_request.Process.Terminal, _request.Process.Interactive);
        try
        {
            AttendedContainer container = _runtime.Attend(_prepared.Create with { Streams = streams.ForProgram });
            streams.Launched(container.Terminal);
            (_streams, _container) = (streams, container);
        }
        catch
        {
            streams.Dispose();
            throw;
        }

        var plan = HealthPlan.Of(_request.Life.Health, _prepared.Image.Config);
        Change(_ => new ContainerLife { Started = DateTimeOffset.UtcNow, Restarts = _restarts, Health = plan is null ? null : new ContainerHealth() });
        _health = plan is null ? null : new HealthChecks(plan, new ExecContainer(_store, _runtime), _record.Id, health => Change(life => life with { Health = health }));
        Note($"runs as host process {_container.Pid}");
        _server.Started(_container.Pid);
    }

    /// <summary>Stays with the program until its end, and records that.</summary>
    private void Carry()
    {
        // Starting has taken more memory than all the rest will.
        OwnMemory.Release();
        while (!Turn(-1))
        {
        }

        _report = _container!.Reap();
        Complete();
        // Only now: a check in a container that was paused ends with it.
        _health?.Dispose();
        _health = null;
        _streams!.Drain(_buffer, HandOn);
        _log?.Flush();
        _container.Dispose();
        _streams.Dispose();
        (_container, _streams) = (null, null);
        _killAt = long.MaxValue;
        Note($"ended with {_report.Status}{(_report.OutOfMemory ? ", out of memory" : "")}");
        // In one: whoever looks sees a container that runs, restarts or has ended, and nothing in between.
        Change(life => life with { Finished = DateTimeOffset.UtcNow, ExitCode = _report.Status, OutOfMemory = _report.OutOfMemory, Restarting = WantsRestart() });
    }

    /// <summary>What cannot be cleared up (a process that waits for a device) does not keep the end from being recorded.</summary>
    private void Complete()
    {
        try
        {
            _report = _container!.Complete(_report);
        }
        catch (MiniRunException failure)
        {
            Note($"cannot remove what it has left: {failure.Message}");
        }
    }

    private bool WantsRestart()
    {
        ReadAgain();
        return !_stopAsked && _request.Life.Restart.Wants(_report.Status, _restarts);
    }

    /// <summary>Waits between two runs; false where it was stopped meanwhile.</summary>
    private bool Wait(int milliseconds)
    {
        long until = Environment.TickCount64 + milliseconds;
        while (!_stopAsked && Environment.TickCount64 < until)
        {
            Turn((int)(until - Environment.TickCount64));
        }

        return !_stopAsked;
    }

    /// <summary>Waits for the next thing to do and does it; true once the program has ended. Milliseconds, -1 for ever.</summary>
    private bool Turn(int milliseconds)
    {
        _poll.Clear();
        int signal = _poll.Add(_signals.Descriptor);
        int end = _container is null ? -1 : _poll.Add(_container.End);
        _streams?.Join(_poll);
        _server.Join(_poll, TakesInput);
        _poll.Wait(_killAt == long.MaxValue ? milliseconds : (int)Math.Clamp(_killAt - Environment.TickCount64, 0, int.MaxValue));
        if (_poll.HasInput(signal))
        {
            TakeSignals();
        }

        _streams?.Carry(_poll, _buffer, HandOn);
        _server.Serve(_poll, this);
        if (Environment.TickCount64 >= _killAt)
        {
            _killAt = long.MaxValue;
            _container?.Signal(Signals.SIGKILL);
        }

        return end >= 0 && _poll.IsReadable(end);
    }

    /// <summary>Whoever ends the monitor (a host that shuts down) means the container: it is stopped as `minirun stop` would.</summary>
    private void TakeSignals()
    {
        while (_signals.Next() != 0)
        {
            StopAsked();
            if (_container is not null && _killAt == long.MaxValue)
            {
                _container.Signal(StopSignal.Of(_request, _prepared!.Image.Config));
                _killAt = StopSignal.Seconds(_request) is >= 0 and { } seconds ? Environment.TickCount64 + (seconds * 1000L) : long.MaxValue - 1;
            }
        }
    }

    /// <summary>Takes what `update` has changed. A container that was removed meanwhile keeps what it had; so does a damaged one.</summary>
    private void ReadAgain()
    {
        try
        {
            if (_store.Read(_record.Id) is { Run.Count: > 0 } present)
            {
                _request = _read(present);
            }
            else
            {
                _stopAsked = true; // it was removed
            }
        }
        catch (MiniRunException failure)
        {
            Note($"cannot read its options again: {failure.Message}");
        }
    }

    private void HandOn(Span<byte> message, AttachedStreams stream)
    {
        _log?.Write(stream == AttachedStreams.Output ? LogStream.Stdout : LogStream.Stderr, message[1..], DateTimeOffset.UtcNow);
        _server.Output(message, stream);
    }

    /// <summary>A record that cannot be written (a full disk, or `rm -f` has removed the container) ends nobody's program.</summary>
    private void Change(Func<ContainerLife, ContainerLife> change)
    {
        lock (_lifeLock)
        {
            if (_released)
            {
                return;
            }

            _life = change(_life);
            try
            {
                _store.WriteLife(_record.Id, _life);
            }
            catch (SyscallException failure)
            {
                if (failure.Errno != Errno.ENOENT)
                {
                    Note($"cannot record that: {failure.Message}");
                }
            }
        }
    }
}
