using System.Diagnostics;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>Answers minirun-init from its first message until the program runs or the container waits for `start`.</summary>
internal sealed class InitConversation : IDisposable
{
    private readonly LaunchJob _job;
    private readonly EncodedPlan _encoded;
    private readonly LaunchChannel _channel;
    private readonly Undo _undo;
    private NetworkDevices? _network;
    private int _pid;
    private Pidfd _pidfd;
    private Pidfd? _forkingParent;
    private FileDescriptor? _terminal;
    private bool _committed;
    private ProcessExit? _exit;
    private bool _handedOver;
    private ProcessIdentity? _identity;

    public InitConversation(LaunchJob job, EncodedPlan encoded, SpawnedProcess child, LaunchChannel channel, Undo undo)
    {
        _job = job;
        _encoded = encoded;
        _channel = channel;
        _undo = undo;
        _pid = child.Pid;
        _pidfd = child.Process;
    }

    /// <summary>Leads init through its plan.</summary>
    /// <exception cref="LaunchException">A step failed, or init died.</exception>
    public LaunchedProcess Lead()
    {
        if (!Has(StepKind.Fork))
        {
            Prepare();
        }

        while (_channel.Receive(out Message message, out FileDescriptor? attached))
        {
            switch (message.Type)
            {
                case MessageType.Await when Answer((Await)message.Value):
                    return HandOver();
                case MessageType.Await:
                    break;
                case MessageType.Send:
                    Accept((Send)message.Value, attached);
                    break;
                case MessageType.Done:
                    Report(message);
                    break;
                default:
                    throw Failure(message);
            }
        }

        // A created container's init closes the channel when it listens for `start`: nothing can fail any more.
        return _committed ? HandOver() : throw Death();
    }

    /// <summary>Kills init, if it is still there, and reaps it.</summary>
    public void Kill()
    {
        _pidfd.Signal(Signals.SIGKILL);
        Reap();
        _forkingParent?.Wait();
    }

    public void Dispose()
    {
        _forkingParent?.Dispose();
        _network?.Dispose();
        if (!_handedOver)
        {
            _pidfd.Dispose();
            _terminal?.Dispose();
        }
    }

    /// <summary>Does what init waits for; true when that ends the conversation.</summary>
    private bool Answer(Await awaited)
    {
        switch (awaited)
        {
            case Await.UserMapping:
                Time(StepKind.UserMapping, step => UserMappingWriter.Write(_pid, step!, _job.Plan));
                Faults.Point(FaultPoint.UserMapping);
                _channel.Continue(awaited);
                return false;
            case Await.Network:
                MoveDevices();
                _channel.Continue(awaited);
                return false;
            case Await.Hooks:
                RunHooks();
                _channel.Continue(awaited);
                return false;
            case Await.Commit:
                Commit();
                _channel.Continue(awaited);
                Faults.Point(FaultPoint.Commit);
                _committed = true;
                return false;
            case Await.Start:
                Commit();
                PassGate();
                return true;
            default:
                throw new LaunchException($"minirun-init waits for {awaited}, which no plan of this build asks for");
        }
    }

    /// <summary>While init works: pid 1 is known once it is cloned or, where it is a fork's child, once its pidfd has come.</summary>
    private void Prepare()
    {
        _identity = ProcessIdentity.Of(_pid);
        JoinGroups();
        _job.Prepare(_identity);
    }

    private void JoinGroups()
    {
        for (int i = 0; i < _job.Plan.Steps.Count; i++)
        {
            if (_job.Plan.Steps[i].Kind == StepKind.ResctrlTask)
            {
                Time(i, step => _job.Resctrl!.Group(step!.Text0).Add(_pid));
            }
        }
    }

    private void Commit()
    {
        Time(StepKind.Commit, _ => _job.Commit(_identity!));
        Faults.Point(FaultPoint.State);
    }

    private void PassGate()
    {
        StartPassage passage = new(_channel, _pid, _job.Plan.Expected, InOtherUserNamespace())
        {
            OnReport = Report,
            OnFailure = Failure,
            OnListener = _job.Plan.Expected.SeccompListener ? HandListener : null,
            InheritedFilters = _job.Plan.Expected.Seccomp ? ProcessStatus.ReadSelf().SeccompFilters : null,
        };
        Time(StepKind.ReadBack, _ => passage.Pass());
        Faults.Point(FaultPoint.Started);
    }

    private void RunHooks()
    {
        _job.BeginHooks();
        for (int i = 0; i < _job.Plan.Steps.Count; i++)
        {
            if (_job.Plan.Steps[i].Kind == StepKind.RunHook)
            {
                Time(i, step => _job.RunHook(step!, _pid));
            }
        }
    }

    /// <summary>Kept until the launch is over, since a later failure moves them back.</summary>
    private void MoveDevices()
    {
        _network = NetworkDevices.Of(_pid);
        for (int i = 0; i < _job.Plan.Steps.Count; i++)
        {
            if (_job.Plan.Steps[i].Kind == StepKind.NetDevice)
            {
                Time(i, step => _network.Move(step!, _undo));
            }
        }
    }

    private void HandListener(int number) =>
        Time(StepKind.HandListener, _ => _job.Agent!.Send(_pidfd, _pid, number));

    private bool Has(StepKind kind)
    {
        foreach (LaunchStep step in _job.Plan.Steps)
        {
            if (step.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    private bool InOtherUserNamespace()
    {
        foreach (LaunchStep step in _job.Plan.Steps)
        {
            if (step.Kind is StepKind.UserMapping || (step.Kind is StepKind.Join && (step.Argument0 & (ulong)NamespaceType.User) != 0))
            {
                return true;
            }
        }

        return false;
    }

    private void Accept(Send what, FileDescriptor? attached)
    {
        FileDescriptor received = attached ?? throw new LaunchException($"minirun-init sent {what} without a descriptor");
        if (what == Send.Pid)
        {
            _forkingParent = _pidfd;
            _pidfd = new Pidfd(received);
            _pid = _pidfd.ReadPid();
            Prepare();
            return;
        }

        if (_job.ConsoleSocket is null)
        {
            _terminal = received;
            return;
        }

        using (received)
        {
            ConsoleSocket.Send(_job.ConsoleSocket, received);
        }
    }

    private void Report(Message message)
    {
        int index = _encoded.StepIndexes[(int)message.Step];
        _job.Trace?.Invoke(new TraceRecord(_job.Plan, index, TimeSpan.FromTicks((long)message.Nanoseconds / 100)));
        Faults.AfterInitStep(message.Step + 1);
    }

    private LaunchException Failure(Message message)
    {
        int index = message.Step < _encoded.StepIndexes.Length ? _encoded.StepIndexes[message.Step] : -1;
        if (index >= 0)
        {
            _job.Trace?.Invoke(new TraceRecord(_job.Plan, index, TimeSpan.FromTicks((long)message.Nanoseconds / 100), message.Error));
        }

        return LaunchFailure.From(message, _job.Plan, index, _job.AskedBy);
    }

    private LaunchException Death()
    {
        ProcessExit exit = Reap();
        string how = exit.Signaled ? $"signal {exit.Status}" : $"status {exit.Status}";
        return new LaunchException($"minirun-init ended before the program started ({how}): it was killed, perhaps for lack of memory");
    }

    /// <summary>Its end, of which the kernel tells once only.</summary>
    private ProcessExit Reap() => _exit ??= _pidfd.Wait();

    private LaunchedProcess HandOver()
    {
        _forkingParent?.Wait();
        _handedOver = true;
        return new LaunchedProcess(_identity!, _pidfd, _terminal);
    }

    /// <summary>Does an act that the plan shows as a step of this kind, and reports how long it took; a plan that does not show it has it done all the same.</summary>
    private void Time(StepKind kind, Action<LaunchStep?> act)
    {
        int index = 0;
        while (index < _job.Plan.Steps.Count && _job.Plan.Steps[index].Kind != kind)
        {
            index++;
        }

        Time(index, act);
    }

    private void Time(int index, Action<LaunchStep?> act)
    {
        LaunchStep? step = index < _job.Plan.Steps.Count ? _job.Plan.Steps[index] : null;
        long start = Stopwatch.GetTimestamp();
        act(step);
        if (step is not null)
        {
            _job.Trace?.Invoke(new TraceRecord(_job.Plan, index, Stopwatch.GetElapsedTime(start)));
        }
    }
}
