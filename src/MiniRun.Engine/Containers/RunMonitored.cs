using MiniRun.Engine.Images;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun run` of a container that outlives the command: a monitor attends it, and the caller is attached to it or not.</summary>
public sealed class RunMonitored(ContainerStore store, Runtime.Lifecycle.Containers runtime, ImageSupply images, MonitorProgram monitor, RunWordsReader read)
{
    /// <summary>Makes the container, starts its program and, unless detached, stays until it ends or the caller leaves.</summary>
    /// <exception cref="MiniRunException">It could not be made or started; nothing is left of it.</exception>
    public AttachOutcome Run(RunRequest request, AttachOptions attach, RunObserver observer)
    {
        ContainerId id = ContainerStore.NewId();
        var creation = new CreateContainer(store, images, read);
        AttachConnection? connection = null;
        try
        {
            (_, ContainerRecord record, FileLock alone) = creation.Make(request, observer, id);
            alone.Dispose(); // the monitor takes it
            store.ReserveLife(id);
            if (!request.Life.Detach)
            {
                store.Events.Container(record, "attach");
            }

            connection = monitor.Start(id, store.FolderOf(id), request.Life.Detach ? AttachedStreams.None : attach.Streams, request.Process.Terminal);
            int pid = connection.WaitStarted();
            observer.Started?.Invoke(pid);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            if (connection is not null)
            {
                Discard(id);
            }

            creation.RemoveAfter(failure, id);
            throw;
        }

        using (connection)
        {
            if (request.Life.Detach)
            {
                return new AttachOutcome(null, Detached: true);
            }

            using var session = new AttachSession(connection, attach);
            return session.Run();
        }
    }

    /// <summary>Whatever failed, the monitor may have got as far as a running program, and may be about to start it again.</summary>
    private void Discard(ContainerId id)
    {
        try
        {
            new DiscardContainer(store, runtime).Discard(id, volumes: true);
        }
        catch (MiniRunException)
        {
            // The first failure is the one to tell; what is left is found by its folder.
        }
    }
}
