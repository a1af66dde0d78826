using MiniRun.Engine.Containers;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Monitoring;

/// <summary>All runs of a container's program under one monitor: the first, and those of its restart policy.</summary>
internal sealed class MonitoredRun : IDisposable
{
    // As long as docker waits for a reader that has fallen behind; a container that has ended waits for nobody for ever.
    private const int LingerMilliseconds = 600_000;

    private readonly MonitorParts _parts;
    private readonly MonitorLoop _loop;
    private readonly LifeRecorder _life;
    private readonly RestartDelay _delay = new();
    private ContainerRecord? _record;
    private HealthChecks? _health;
    private ExitReport _report;
    private long _begun;
    private int _restarts;
    private bool _stopAsked;
    private bool _restarting;

    /// <summary>Before the first run.</summary>
    internal MonitoredRun(MonitorParts parts, ContainerRecord record, RunRequest request)
        : this(parts)
    {
        (_record, Request) = (record, request);
    }

    /// <summary>In the middle of one. The record is read when the program has ended: until then nothing of it is needed.</summary>
    internal MonitoredRun(MonitorParts parts, MonitorHandOver handOver)
        : this(parts)
    {
        _delay = new RestartDelay(handOver.Delay);
        (_begun, _restarts) = (handOver.Begun, handOver.Restarts);
        _loop.Begin(parts.Runtime.AttendFurther(parts.Id, new Pidfd(handOver.Program), handOver.Terminal), new ProgramStreams(handOver), handOver.Stop);
    }

    private MonitoredRun(MonitorParts parts)
    {
        _parts = parts;
        _loop = new MonitorLoop(parts, StopAsked);
        _life = new LifeRecorder(parts.Store, parts.Id, parts.Note);
    }

    /// <summary>What was asked for; of a monitor that was resumed, once the program has ended.</summary>
    internal RunRequest Request { get; private set; } = new() { Image = "" };

    /// <summary>docker's exit code of a container that could not be started.</summary>
    internal static int ExitCodeOf(MiniRunException failure) => failure is LaunchException { ProgramExitCode: { } code } ? code : 125;

    /// <summary>Runs the program as often as the container's options say.</summary>
    /// <exception cref="MiniRunException">It could not be started the first time.</exception>
    internal void ToTheEnd()
    {
        if (!_loop.Runs)
        {
            Start();
        }

        while (true)
        {
            bool started = _loop.Runs;
            if (started)
            {
                Carry();
            }

            if (!_restarting || !WaitForRestart(started))
            {
                return;
            }

            _restarts++;
            Start();
        }
    }

    /// <summary>Tells all who are attached how it ended.</summary>
    internal void TellEnd() => _parts.Server.Ended(_report.Status, _report.OutOfMemory ? OutOfMemory.Remark(_report, Request.Resources.Memory?.Bytes) : null);

    /// <summary>From now on the container may be another monitor's: nothing of it is written any more.</summary>
    internal void Release() => _life.Release();

    /// <summary>Stays until those who have fallen behind have read everything, or somebody ends this process.</summary>
    internal void Linger()
    {
        long deadline = Environment.TickCount64 + LingerMilliseconds;
        _stopAsked = false;
        while (_parts.Server.IsAnyBehind() && Environment.TickCount64 < deadline && !_stopAsked)
        {
            _loop.Turn(1000);
        }
    }

    public void Dispose()
    {
        _health?.Dispose();
        _loop.Dispose();
    }

    private void StopAsked()
    {
        _stopAsked = true;
        _life.Change(life => life with { Stopped = true });
    }

    /// <summary>Starts the program; where a restart cannot, that is recorded and nothing runs.</summary>
    private void Start()
    {
        _begun = Environment.TickCount64;
        try
        {
            Launch();
        }
        catch (MiniRunException failure)
        {
            _parts.Note($"cannot start it: {failure.Message}");
            _report = new ExitReport(ExitCodeOf(failure));
            _restarting = _restarts > 0 && WantsRestart();
            _life.Change(life => life with { Restarting = _restarting, Restarts = _restarts, Finished = DateTimeOffset.UtcNow, ExitCode = _report.Status, Error = failure.Message });
            if (_restarts == 0)
            {
                throw;
            }

            return;
        }

        GiveBack();
    }

    private void Launch()
    {
        RunRequest request = Request;
        DataRoot data = _parts.Store.Data;
        HostSources.Make(request.Files.Mounts);
        PreparedContainer prepared = new ContainerPreparation(data).Prepare(request, RecordedImage.Of(data, _record!), RecordedImage.Mounted(data, _record!), _parts.Id, trace: null);
        _record = RecordedIds.Renewed(_parts.Store, _record!, prepared);
        AttendedContainer container = Launch(prepared);
        var plan = HealthPlan.Of(request.Life.Health, prepared.Image.Config);
        _life.Change(_ => new ContainerLife { Started = DateTimeOffset.UtcNow, Restarts = _restarts, Health = plan is null ? null : new ContainerHealth() });
        _health = plan is null ? null : new HealthChecks(plan, new ExecContainer(_parts.Store, _parts.Runtime), _parts.Id, TakeHealth);
        _parts.Store.Events.Started(_record!);
        _parts.Note($"runs as host process {container.Pid}");
        _parts.Server.Started(container.Pid);
    }

    private AttendedContainer Launch(PreparedContainer prepared)
    {
        RunRequest request = prepared.Request;
        var streams = new ProgramStreams(request.Process.Terminal, request.Process.Interactive);
        try
        {
            AttendedContainer container = _parts.Runtime.Attend(prepared.Create with { Streams = streams.ForProgram, TerminalSize = SizeOfTerminal() });
            streams.Launched(container.Terminal);
            _loop.Begin(container, streams, new StopTerms(StopSignal.Of(request, prepared.Image.Config), StopSignal.Seconds(request)));
            return container;
        }
        catch
        {
            streams.Dispose();
            throw;
        }
    }

    private ConsoleSize? SizeOfTerminal() => _parts.Server.Size is { Rows: > 0, Columns: > 0 } size ? new ConsoleSize(size.Rows, size.Columns) : null;

    /// <summary>Called on the thread of the checks.</summary>
    private void TakeHealth(ContainerHealth health)
    {
        bool changed = false;
        _life.Change(life =>
        {
            changed = life.Health?.Status != health.Status;
            return life with { Health = health };
        });
        if (changed)
        {
            _parts.Store.Events.Container(_parts.Store.TryRead(_parts.Id), $"health_status: {health.Status}");
        }
    }

    /// <summary>Stays with the program until its end, and records that.</summary>
    private void Carry()
    {
        while (!_loop.Turn(-1))
        {
        }

        _report = _loop.Reap();
        Complete();
        // Only now: a check in a container that was paused ends with it.
        _health?.Dispose();
        _health = null;
        _loop.End();
        _parts.Note($"ended with {_report.Status}{(_report.OutOfMemory ? ", out of memory" : "")}");
        _restarting = WantsRestart(); // which reads the record
        _parts.Store.Events.Ended(_record, _report.Status, _report.OutOfMemory);
        // In one: whoever looks sees a container that runs, restarts or has ended, and nothing in between.
        _life.Change(life => life with { Finished = DateTimeOffset.UtcNow, ExitCode = _report.Status, OutOfMemory = _report.OutOfMemory, Restarting = _restarting });
    }

    /// <summary>What cannot be cleared up (a process that waits for a device) does not keep the end from being recorded.</summary>
    private void Complete()
    {
        try
        {
            _report = _loop.Complete(_report);
        }
        catch (MiniRunException failure)
        {
            _parts.Note($"cannot remove what it has left: {failure.Message}");
        }
    }

    /// <summary>
    /// Gives back what starting took, more memory than all the rest will: by executing this program anew, which goes on where this one is.
    /// Where that cannot be, or would cut off health checks or what a client has still to get, as far as a process can.
    /// </summary>
    private void GiveBack()
    {
        SignalMask.Hold(MonitorProgram.EndingSignals);
        _loop.TakeSignals();
        if (_health is null && !_stopAsked && !_parts.Server.IsAnyBehind())
        {
            Errno error = _parts.Program.Resume(_parts.Id, _loop.HandOver(_begun, _restarts, _delay.Coming));
            _parts.Note($"keeps the memory that starting took: execve: {error}");
        }

        SignalMask.Release(MonitorProgram.EndingSignals);
        OwnMemory.Release();
    }

    private bool WantsRestart()
    {
        ReadRecord();
        return !_stopAsked && Request.Life.Restart.Wants(_report.Status, _restarts);
    }

    /// <summary>Waits as long as the restart policy says; false where it was stopped, or the policy changed, meanwhile.</summary>
    private bool WaitForRestart(bool started)
    {
        int delay = _delay.Next(Environment.TickCount64 - _begun);
        _parts.Note($"starts it again in {delay} ms{(started ? "" : ", for it could not be started")}");
        if (Wait(delay) && WantsRestart())
        {
            return true;
        }

        _life.Change(life => life with { Restarting = false });
        return false;
    }

    /// <summary>Waits between two runs; false where it was stopped meanwhile.</summary>
    private bool Wait(int milliseconds)
    {
        long until = Environment.TickCount64 + milliseconds;
        for (long rest = milliseconds; !_stopAsked && rest > 0; rest = until - Environment.TickCount64)
        {
            _loop.Turn((int)rest);
        }

        return !_stopAsked;
    }

    /// <summary>Takes what `update` has changed. Of a damaged container what was known stays: of one that was resumed, nothing, and so it is not started again.</summary>
    private void ReadRecord()
    {
        try
        {
            if (_parts.Store.Read(_parts.Id) is { Run.Count: > 0 } present)
            {
                Request = _parts.Read(present);
                _record = present;
            }
            else
            {
                _stopAsked = true; // it was removed
            }
        }
        catch (MiniRunException failure)
        {
            _parts.Note($"cannot read its options: {failure.Message}");
        }
    }
}
