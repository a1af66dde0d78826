using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>Ends a container and removes all of it, whatever it does: its program, its monitor, its files. Nobody can start it meanwhile.</summary>
internal sealed class DiscardContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    private const int MonitorMilliseconds = 5_000;

    /// <exception cref="MiniRunException">Something of it cannot be removed.</exception>
    internal void Discard(ContainerId id, bool volumes)
    {
        using (AttachConnection? monitor = AttachConnection.TryOpen(store.FolderOf(id), AttachedStreams.None))
        {
            monitor?.AskStop();
        }

        runtime.Delete(id, force: true);
        using FileLock? alone = TakeLock(id);
        if (volumes)
        {
            ContainerEnd.Remove(store, id);
        }
        else
        {
            store.Remove(id);
        }
    }

    /// <summary>Its monitor has seen the end and goes; one that does not (it is stopped, or waits for a device) is killed. Null where the folder is gone.</summary>
    private FileLock? TakeLock(ContainerId id)
    {
        string folder = store.FolderOf(id);
        try
        {
            if (MonitorLock.WaitUntilFree(folder, MonitorMilliseconds))
            {
                return MonitorLock.Take(folder);
            }

            using (Pidfd? holder = MonitorLock.Holder(folder)?.Open())
            {
                holder?.Signal(Signals.SIGKILL);
            }

            FileLock taken = MonitorLock.Take(folder);
            runtime.Delete(id, force: true); // what it may have made meanwhile
            return taken;
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ENOENT)
        {
            return null; // its monitor has removed it (--rm), or it was half-made
        }
    }
}
