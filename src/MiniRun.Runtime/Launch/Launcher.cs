using System.Diagnostics;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>Carries out a launch plan: the launcher's steps here, in the plan's order, init's by minirun-init. Whatever fails, everything done is undone.</summary>
internal sealed class Launcher : IDisposable
{
    private readonly LaunchJob _job;
    private readonly Undo _undo = new();
    private readonly HostDescriptors _descriptors;
    private readonly CgroupSetup _cgroup;
    private readonly ResctrlSetup _resctrl;
    private InitConversation? _conversation;

    private Launcher(LaunchJob job)
    {
#if MINIRUN_FAULTS
        job = job with { Plan = Weakening.Of(job.Plan) };
#endif
        _job = job;
        _descriptors = new HostDescriptors(job);
        _cgroup = new CgroupSetup(job, _undo);
        _resctrl = new ResctrlSetup(job, _undo);
    }

    /// <summary>Returns when the program runs or, for `create`, when the container waits for `start`.</summary>
    /// <exception cref="LaunchException">Any step failed; nothing is left.</exception>
    public static LaunchedProcess Launch(LaunchJob job)
    {
        using Launcher launcher = new(job);
        try
        {
            using SocketPair channel = SocketPair.Create();
            return launcher.Launch(channel);
        }
        catch (Exception e)
        {
            throw launcher._undo.After(e);
        }
    }

    public void Dispose()
    {
        _conversation?.Dispose();
        _descriptors.Dispose();
        _cgroup.Dispose();
    }

    private LaunchedProcess Launch(SocketPair channel)
    {
        EncodedPlan encoded = PlanEncoding.Encode(_job);
        Faults.Point(FaultPoint.Seccomp);
        foreach (LaunchStep step in _job.Plan.Steps)
        {
            if (step.IsLaunchers && step.Kind < StepKind.Clone)
            {
                CarryOut(step);
            }
        }

        _conversation = new InitConversation(_job, encoded, Clone(channel, encoded), new LaunchChannel(channel.Ours), _undo);
        _undo.Add(_conversation.Kill);
        _cgroup.EndHolder();
        channel.Theirs.Dispose();
        _descriptors.Dispose();
        LaunchedProcess launched = _conversation.Lead();
        _undo.Forget();
        return launched;
    }

    private void CarryOut(LaunchStep step)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            Do(step);
        }
        catch (SyscallException failure)
        {
            Report(step, start, failure.Errno);
            throw step.Source.Length == 0 ? failure : Located(failure, step);
        }
        catch (LinkedPathException failure)
        {
            Report(step, start, Errno.ELOOP);
            throw Located(failure, step);
        }

        Report(step, start, 0);
    }

    private LaunchException Located(MiniRunException failure, LaunchStep step) =>
        new($"{failure.Message} (asked for by {_job.AskedBy?.Invoke(step) ?? StepSource.Of(step)})", failure);

    private void Do(LaunchStep step)
    {
        switch (step.Kind)
        {
            case StepKind.CgroupCreate:
                _cgroup.Create(step.Text0, step.Text1.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                break;
            case StepKind.CgroupScope:
                _cgroup.StartScope(step.Text0, new SystemdScope(step.Text1, step.Text2, step.Argument0 == 1));
                break;
            case StepKind.CgroupOwner:
                _cgroup.GiveTo((uint)step.Argument0);
                break;
            case StepKind.CgroupWrite:
                _cgroup.Write(step.Text0, step.Text1);
                break;
            case StepKind.CgroupDevices:
                _cgroup.AttachDevices(step.Blob);
                break;
            case StepKind.ResctrlGroup:
                _resctrl.Make(step.Text0);
                break;
            case StepKind.ResctrlSchemata:
                _resctrl.Write(step.Text0, step.Text1);
                break;
            default:
                _descriptors.Open(step);
                break;
        }
    }

    private void Report(LaunchStep step, long start, Errno errno) =>
        _job.Trace?.Invoke(new TraceRecord(_job.Plan, IndexOf(step), Stopwatch.GetElapsedTime(start), (int)errno));

    private SpawnedProcess Clone(SocketPair channel, EncodedPlan encoded)
    {
        LaunchStep step = Find(StepKind.Clone) ?? throw new InvalidOperationException("a launch plan without a clone step");
        long start = Stopwatch.GetTimestamp();
        using FileDescriptor plan = Memfd.CreateSealed("minirun-plan", encoded.Bytes);
#if MINIRUN_FAULTS
        using FileDescriptor image = Weakening.OpenInit();
#else
        using FileDescriptor image = InitImage.Open();
#endif
        using FileDescriptor? cgroup = _cgroup.OpenForClone(step.Text0);
        Faults.Point(FaultPoint.Plan);
        // Without uid 0 mapped yet, execve in a new user namespace would clear every capability.
        bool keepCapabilities = (step.Argument0 & (ulong)NamespaceType.User) != 0;
        FileDescriptor[] descriptors = [_job.Streams.Input, _job.Streams.Output, _job.Streams.Error, channel.Theirs, plan, .. _descriptors.InOrder()];
        SpawnedProcess child = Spawn.Start(step.Argument0, cgroup, image, keepCapabilities, descriptors);
        Faults.Point(FaultPoint.Clone);
        Report(step, start, 0);
        return child;
    }

    private LaunchStep? Find(StepKind kind)
    {
        foreach (LaunchStep step in _job.Plan.Steps)
        {
            if (step.Kind == kind)
            {
                return step;
            }
        }

        return null;
    }

    private int IndexOf(LaunchStep step)
    {
        for (int i = 0; i < _job.Plan.Steps.Count; i++)
        {
            if (ReferenceEquals(_job.Plan.Steps[i], step))
            {
                return i;
            }
        }

        return -1;
    }
}
