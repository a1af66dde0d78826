using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>A container whose first process is a child of this process, which stays with it until the end. Dispose it after <see cref="Complete(ExitReport)"/>; disposing alone leaves it running.</summary>
public sealed class AttendedContainer : IAttendedContainer
{
    private readonly ContainerCreation _creation;
    private readonly StateStore _store;
    private readonly ContainerFolder _folder;

    private AttendedContainer(ContainerCreation creation, StateStore store, ContainerFolder folder, LaunchedProcess process)
    {
        _creation = creation;
        _store = store;
        _folder = folder;
        Process = process;
    }

    /// <summary>The host's pid of the container's first process.</summary>
    public int Pid => Process.Identity.Pid;

    public FileDescriptor End => Process.Pidfd.Descriptor;

    public FileDescriptor? Terminal => Process.Terminal;

    internal LaunchedProcess Process { get; }

    /// <summary>Makes the container and starts its program. The store is then the container's.</summary>
    /// <exception cref="LaunchException">A step failed; nothing is left.</exception>
    internal static AttendedContainer Start(StateStore store, ContainerCreation creation)
    {
        ContainerFolder? folder = null;
        LaunchedProcess? process = null;
        try
        {
            folder = store.Make(creation.Request.Id);
            process = creation.Launch(folder);
            if (creation.Request.Spec.Hooks.Poststart.Count > 0)
            {
                ContainerStart.Poststart(folder, folder.ReadState(), creation.Request.Warn);
            }

            creation.Readiness?.WaitInBackground(process.Identity.Pid, process.Pidfd.Descriptor, creation.Request.Warn);
            return new AttendedContainer(creation, store, folder, process);
        }
        catch
        {
            process?.Dispose();
            folder?.Dispose();
            store.Dispose();
            throw;
        }
    }

    public bool Signal(int signal) => Process.Pidfd.Signal(signal);

    public ExitReport Reap() => ForegroundSession.Report(Process.Pidfd.Wait());

    public ExitReport Complete(ExitReport report) => Complete(report, keep: false);

    /// <summary>The same; with <paramref name="keep"/> nothing is removed.</summary>
    internal ExitReport Complete(ExitReport report, bool keep)
    {
        Faults.Point(FaultPoint.ExitStatus);
        report = report with { OutOfMemory = _creation is { Cgroups: { } host, CgroupFolder: { } path } && CgroupFolder.WasOutOfMemory(host, path) };
        if (!keep)
        {
            Remove();
        }

        return report;
    }

    /// <summary>Ends and removes a container that nobody can attend any more.</summary>
    internal void Abandon() => ContainerRemoval.Delete(_folder, force: true, _creation.Request.Warn);

    public void Dispose()
    {
        Process.Dispose();
        _folder.Dispose();
        _store.Dispose();
    }

    /// <summary>The folder is still the one made above, or it is gone: another process may have removed the container already, which is no error.</summary>
    private void Remove()
    {
        try
        {
            using FileLock held = _folder.Lock();
            ContainerHooks? hooks = _creation.Request.Spec.Hooks.Any ? ContainerHooks.Of(_folder, _folder.ReadState()) : null;
            ContainerRemoval.RemoveEnded(_folder, _creation.Cgroups, _creation.CgroupFolder, _creation.Scope, _creation.Resctrl);
            hooks?.Poststop(_creation.Request.Warn);
        }
        catch (NoSuchContainerException)
        {
        }
    }
}
