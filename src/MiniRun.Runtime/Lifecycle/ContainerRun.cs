using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
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
            Poststart(made);
            creation.Readiness?.Wait(detached.Identity.Pid, detached.Pidfd.Descriptor);
            options.OnStarted?.Invoke(detached.Identity.Pid);
            return ExitReport.Detached;
        }

        using SignalPipe? signals = options.ForwardSignals ? ForwardedSignals.Open() : null;
        using ContainerFolder folder = store.Make(creation.Request.Id);
        using LaunchedProcess process = creation.Launch(folder);
        Poststart(folder);
        creation.Readiness?.WaitInBackground(process.Identity.Pid, process.Pidfd.Descriptor, creation.Request.Warn);
        options.OnStarted?.Invoke(process.Identity.Pid);
        ExitReport report = Attend(process, signals, folder, creation.Request.Warn);
        Faults.Point(FaultPoint.ExitStatus);
        report = report with { OutOfMemory = WasOutOfMemory() };
        if (!options.Keep)
        {
            Remove(folder);
        }

        return report;
    }

    private void Poststart(ContainerFolder folder)
    {
        if (creation.Request.Spec.Hooks.Poststart.Count > 0)
        {
            ContainerStart.Poststart(folder, folder.ReadState(), creation.Request.Warn);
        }
    }

    /// <summary>A session that breaks (nobody reads the terminal's output any more) leaves no program running that nobody attends.</summary>
    private static ExitReport Attend(LaunchedProcess process, SignalPipe? signals, ContainerFolder folder, Action<string> warn)
    {
        try
        {
            return new ForegroundSession(process, signals).Wait();
        }
        catch (MiniRunException failure)
        {
            Undo undo = new();
            undo.Add(() => ContainerRemoval.Delete(folder, force: true, warn));
            throw undo.After(failure);
        }
    }

    /// <summary>Read before the cgroup goes, because the count goes with it.</summary>
    private bool WasOutOfMemory()
    {
        if (creation.Cgroups is null || creation.CgroupFolder is null)
        {
            return false;
        }

        using Cgroup? cgroup = CgroupFolder.TryOpen(creation.Cgroups, creation.CgroupFolder);
        return cgroup is { OomKills: > 0 };
    }

    /// <summary>The folder is still the one made above, or it is gone: another process may have removed the container already, which is no error.</summary>
    private void Remove(ContainerFolder folder)
    {
        try
        {
            using FileLock held = folder.Lock();
            ContainerHooks? hooks = creation.Request.Spec.Hooks.Any ? ContainerHooks.Of(folder, folder.ReadState()) : null;
            ContainerRemoval.RemoveEnded(folder, creation.Cgroups, creation.CgroupFolder, creation.Scope, creation.Resctrl);
            hooks?.Poststop(creation.Request.Warn);
        }
        catch (NoSuchContainerException)
        {
        }
    }
}
