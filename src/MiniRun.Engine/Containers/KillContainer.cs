using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun kill`: a signal for the container's first process.</summary>
public sealed class KillContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <exception cref="MiniRunException">There is no such container, or it does not run.</exception>
    public void Kill(string reference, int signal)
    {
        ContainerId id = store.Find(reference);
        ContainerRecord? record = store.TryRead(id); // before: with --rm there may be none afterwards
        if (signal == Signals.SIGKILL)
        {
            // Whoever kills a container does not want it back.
            using AttachConnection? monitor = AttachConnection.TryOpen(store.FolderOf(id), AttachedStreams.None);
            monitor?.AskStop();
        }

        try
        {
            runtime.Kill(id, signal);
            store.Events.Signalled(record, signal);
        }
        catch (NoSuchContainerException)
        {
            throw new MiniRunException($"cannot kill container: {reference}: container is not running");
        }
    }
}
