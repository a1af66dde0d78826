using System.Globalization;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Lookups;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Users;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun exec`: one more process in a running container, with what its first process has.</summary>
public sealed class ExecContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>Runs the process to its end, or until its terminal is left by the detach keys.</summary>
    /// <exception cref="MiniRunException">The container does not run, or the process could not be started in it.</exception>
    public AttachOutcome Run(ExecChoices choices, Action<TraceRecord>? trace)
    {
        ContainerId id = store.Find(choices.Container);
        RuntimeSpec spec = SpecOf(id, choices.Container, out int pid);
        TerminalLeaving? leaving = choices.Interactive ? new TerminalLeaving(choices.DetachKeys, terminal => TerminalKeeper.Start(id, terminal)) : null;
        JoinRequest request = Request(choices, spec, pid) with { Trace = trace, Leaving = leaving };
        ExitReport report = Noted(id, choices, () => runtime.Exec(id, request));
        return report.RunsOn && !choices.Detach
            ? new AttachOutcome(null, Detached: true)
            : new AttachOutcome(new RunOutcome(report.Status, OutOfMemory.Remark(report, spec.Linux.Resources)), Detached: false);
    }

    /// <summary>Runs the process as a child of this one, and returns at once.</summary>
    /// <param name="choices">What to run; its container is named by its id.</param>
    /// <param name="streams">What the process gets.</param>
    /// <exception cref="MiniRunException">The container does not run, or the process could not be started in it.</exception>
    internal AttendedProcess Attend(ExecChoices choices, Stdio streams)
    {
        ContainerId id = ContainerId.Parse(choices.Container);
        RuntimeSpec spec = SpecOf(id, choices.Container, out int pid);
        return runtime.AttendExec(id, Request(choices, spec, pid) with { Streams = streams });
    }

    /// <summary>The plan that <see cref="Run"/> would carry out.</summary>
    /// <exception cref="MiniRunException">The container does not run.</exception>
    public ExplainedPlan Explain(ExecChoices choices)
    {
        ContainerId id = store.Find(choices.Container);
        RuntimeSpec spec = SpecOf(id, choices.Container, out int pid);
        return new ExplainedPlan(runtime.PlanExec(id, Request(choices, spec, pid)), Origins(choices), Kept(choices, spec).Notes());
    }

    /// <summary>The end of a process that is left running is nobody's to see.</summary>
    private ExitReport Noted(ContainerId id, ExecChoices choices, Func<ExitReport> run)
    {
        ContainerRecord? record = store.TryRead(id);
        (string, string) exec = ("execID", ContainerStore.NewId().Value);
        string command = string.Join(' ', choices.Command);
        store.Events.Container(record, $"exec_create: {command}", exec);
        store.Events.Container(record, $"exec_start: {command}", exec);
        ExitReport report = new(126);
        try
        {
            return report = run();
        }
        catch (LaunchException failure)
        {
            report = new ExitReport(failure.ProgramExitCode ?? report.Status);
            throw;
        }
        finally
        {
            if (!report.RunsOn)
            {
                store.Events.Container(record, "exec_die", exec, ("exitCode", report.Status.ToString(CultureInfo.InvariantCulture)));
            }
            else if (!choices.Detach)
            {
                store.Events.Container(record, "exec_detach", exec);
            }
        }
    }

    private static OptionOrigins Origins(ExecChoices choices)
    {
        var origins = new OptionOrigins();
        Add(choices.Terminal, "process.terminal", "-t");
        Add(choices.User is not null, "process.user", $"--user {choices.User}");
        Add(choices.WorkingDirectory is not null, "process.cwd", $"--workdir {choices.WorkingDirectory}");
        Add(choices.Privileged, "process.capabilities", "--privileged");
        return origins;

        void Add(bool asked, string path, string option)
        {
            if (asked)
            {
                origins.Add(path, option);
            }
        }
    }

    private RuntimeSpec SpecOf(ContainerId id, string reference, out int pid)
    {
        try
        {
            ContainerReport report = runtime.State(id);
            pid = report.Pid;
            return report.Status == ContainerStatus.Running ? runtime.ReadSpec(id) : throw NotRunning(reference);
        }
        catch (NoSuchContainerException)
        {
            // The engine knows it, the runtime does not: its program has ended.
            throw NotRunning(reference);
        }
    }

    private static MiniRunException NotRunning(string reference) => new($"container {reference} is not running");

    private JoinRequest Request(ExecChoices choices, RuntimeSpec spec, int pid)
    {
        ProcessSpec container = spec.Process!;
        (UserSpec user, string? home) = User(choices, container, pid);
        return new JoinRequest
        {
            Process = container with
            {
                Terminal = choices.Terminal && !choices.Detach, // nobody would read it
                ConsoleSize = null,
                Args = choices.Command,
                User = user,
                Env = Environment(choices, container, home),
                Cwd = choices.WorkingDirectory ?? container.Cwd,
                Capabilities = Kept(choices, spec).ToSpec(user.Uid),
            },
            Streams = choices.Detach ? Stdio.Nothing() : choices.Interactive ? Stdio.Inherited() : Stdio.WithoutInput(),
            Detach = choices.Detach,
            SeccompCache = store.Data.SeccompCache,
        };
    }

    private (UserSpec User, string? Home) User(ExecChoices choices, ProcessSpec container, int pid)
    {
        if (choices.User is null)
        {
            return (container.User, null);
        }

        // The container's own files as it sees them now, not the image's: a user may have been added.
        using FileDescriptor root = HostFile.Open($"/proc/{pid}/root", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        if (runtime.State(store.Find(choices.Container)).Pid != pid)
        {
            throw NotRunning(choices.Container); // and the number may have been another's by then
        }

        (UserSpec user, string home) = UserLookup.Find(choices.User, [], UserDatabase.Read(root));
        return (user with { Umask = container.User.Umask }, home);
    }

    private static List<string> Environment(ExecChoices choices, ProcessSpec container, string? home)
    {
        var variables = new EnvironmentList(container.Env);
        if (choices.Terminal)
        {
            variables.SetMissing("TERM", "xterm");
        }

        if (home is not null)
        {
            variables.Set($"HOME={home}");
        }

        foreach (Options.EnvironmentVariable variable in choices.Environment)
        {
            variables.Apply(variable);
        }

        return variables.ToList();
    }

    private static ContainerCapabilities Kept(ExecChoices choices, RuntimeSpec spec)
    {
        if (choices.Privileged)
        {
            CapabilitySet available = spec.Linux.UidMappings.Count > 0 ? CapabilitySet.All : CapabilitySet.CurrentBounding();
            return new ContainerCapabilities(available, CapabilitySet.All - available);
        }

        CapabilitySet kept = CapabilitySet.Empty;
        foreach (string name in spec.Process!.Capabilities?.Bounding ?? [])
        {
            kept |= CapabilitySet.Parse(name);
        }

        return new ContainerCapabilities(kept, CapabilitySet.Empty);
    }
}
