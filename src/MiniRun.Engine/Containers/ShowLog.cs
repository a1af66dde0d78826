using MiniRun.Engine.Logs;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun logs`: what a container's program has written, and writes.</summary>
public sealed class ShowLog(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    private readonly LookAtContainer _look = new(store, runtime);

    /// <summary>Shows the log of the container that people call so.</summary>
    /// <returns>How many lines were left out because they are no records.</returns>
    /// <exception cref="MiniRunException">There is no such container, or it keeps no log.</exception>
    /// <exception cref="SyscallException">EPIPE: nobody reads the output any more.</exception>
    public long Show(string reference, LogQuery query, LogOutput output)
    {
        ContainerId id = store.Find(reference);
        if (store.Read(id)?.HasOption("--log-driver=none") ?? false)
        {
            throw new MiniRunException("configured logging driver does not support reading: the container was made with --log-driver none");
        }

        using FileDescriptor folder = HostFile.OpenDirectory(store.FolderOf(id));
        string name = ContainerLog.FileName(id);
        if (FileStatus.OfEntry(folder, name) is null && _look.At(id) is { Running: true, Life: null })
        {
            throw new MiniRunException($"container {reference} has no log: its output goes to the `minirun run` that waits for it, which keeps none");
        }

        using var reader = new LogReader(folder, name, query, output);
        return reader.Read(() => HasEnded(id));
    }

    /// <summary>Whether nothing is logged any more.</summary>
    private bool HasEnded(ContainerId id)
    {
        ContainerSummary container = _look.At(id);
        if (container.Running)
        {
            return container.Unattended;
        }

        // The last lines are in the log once the end is recorded; who died before that writes nothing more.
        bool isBeingLogged = container.Phase == ContainerPhase.Restarting || container.Life is { Started: not null, Finished: null };
        return !isBeingLogged || !MonitorLock.IsHeld(store.FolderOf(id));
    }
}
