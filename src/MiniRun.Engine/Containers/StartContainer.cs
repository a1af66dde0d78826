using MiniRun.Engine.Monitoring;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun start`: the program of a container that was created, or has ended, by a new monitor.</summary>
public sealed class StartContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, MonitorProgram monitor)
{
    /// <summary>Starts it; nothing to do where it runs already.</summary>
    /// <exception cref="ContainerStartException">Its program could not be started; the container stays.</exception>
    /// <exception cref="MiniRunException">There is no such container, or it is half-made or paused.</exception>
    public void Start(string reference) => Connect(reference, AttachedStreams.None, terminal: false)?.Dispose();

    /// <summary>The second half of `minirun restart`.</summary>
    /// <exception cref="MiniRunException">See <see cref="Start"/>.</exception>
    public void StartAgain(string reference)
    {
        ContainerRecord? record = store.TryRead(store.Find(reference)); // before: a short-lived one of --rm is gone afterwards
        Start(reference);
        store.Events.Container(record, "restart");
    }

    /// <summary>The same as <see cref="Start"/>, and stays attached until the program ends or the caller leaves.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="attach">How; where the program runs already, its output from now on.</param>
    /// <exception cref="MiniRunException">See <see cref="Start"/>.</exception>
    public AttachOutcome StartAttached(string reference, AttachOptions attach)
    {
        ContainerRecord? record = store.TryRead(store.Find(reference));
        using AttachConnection? started = Connect(reference, attach.Streams, attach.Terminal);
        if (started is null)
        {
            return new AttachContainer(store, runtime).Attach(reference, attach);
        }

        store.Events.Container(record, "attach");
        using var session = new AttachSession(started, attach);
        return session.Run();
    }

    /// <summary>Null where it runs already.</summary>
    private AttachConnection? Connect(string reference, AttachedStreams streams, bool terminal)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(reference);
        switch (container.Phase)
        {
            case ContainerPhase.Running or ContainerPhase.Restarting:
                return null;
            case ContainerPhase.Paused:
                throw new MiniRunException($"cannot start a paused container, try unpause instead: minirun unpause {reference}");
            case ContainerPhase.Dead:
                throw new MiniRunException($"container {reference} is half-made: minirun rm -f {reference}");
        }

        if (container.Record!.Run.Count == 0)
        {
            throw new MiniRunException($"container {reference} was made by an older minirun or by a build, which did not write down how to start it again: remove it and run the image anew");
        }

        store.ReserveLife(container.Id);
        AttachConnection connection = monitor.Start(container.Id, store.FolderOf(container.Id), streams, terminal);
        try
        {
            connection.WaitStarted();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
