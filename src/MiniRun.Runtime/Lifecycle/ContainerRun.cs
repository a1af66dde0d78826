using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>`run`: makes a container, stays with its program until the end, and removes what is left.</summary>
internal sealed class ContainerRun(StateStore store, ContainerCreation creation, RunOptions options)
{
    public ExitReport Run()
    {
        TerminalRules.Check(creation.Request.Spec.Process, creation.Request.ConsoleSocket, options.Detach);
        if (options.Detach)
        {
            using ContainerFolder made = store.Make(creation.Request.Id);
            using LaunchedProcess detached = creation.Launch(made);
            if (creation.Request.Spec.Hooks.Poststart.Count > 0)
            {
                ContainerStart.Poststart(made, made.ReadState(), creation.Request.Warn);
            }

            creation.Readiness?.Wait(detached.Identity.Pid, detached.Pidfd.Descriptor);
            options.OnStarted?.Invoke(detached.Identity.Pid);
            return ExitReport.Detached;
        }

        using SignalPipe? signals = options.ForwardSignals ? ForwardedSignals.Open() : null;
        using var container = AttendedContainer.Start(store, creation);
        options.OnStarted?.Invoke(container.Pid);
        return container.Complete(Attend(container, signals), options.Keep);
    }

    /// <summary>A session that breaks (nobody reads the terminal's output any more) leaves no program running that nobody attends.</summary>
    private static ExitReport Attend(AttendedContainer container, SignalPipe? signals)
    {
        try
        {
            return new ForegroundSession(container.Process, signals).Wait();
        }
        catch (MiniRunException failure)
        {
            Undo undo = new();
            undo.Add(container.Abandon);
            throw undo.After(failure);
        }
    }
}
