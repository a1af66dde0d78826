using MiniRun.Engine.Monitoring;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun attach`: the caller's streams become those of a running program.</summary>
public sealed class AttachContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>Attaches, until the program ends or the caller leaves.</summary>
    /// <exception cref="MiniRunException">It does not run, or nobody has its streams to share.</exception>
    public AttachOutcome Attach(string reference, AttachOptions attach)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(reference);
        switch (container.Phase)
        {
            case ContainerPhase.Paused:
                throw new MiniRunException($"You cannot attach to a paused container, unpause it first: minirun unpause {reference}");
            case ContainerPhase.Restarting:
                throw new MiniRunException($"You cannot attach to a restarting container, wait until it is running");
            case not ContainerPhase.Running:
                throw new MiniRunException($"You cannot attach to a stopped container, start it first: minirun start {reference}");
        }

        using AttachConnection connection = AttachConnection.TryOpen(store.FolderOf(container.Id), attach.Streams) ?? throw Unattended(container, reference);
        store.Events.Container(container.Record, "attach");
        using var session = new AttachSession(connection, attach);
        return session.Run();
    }

    private static MiniRunException Unattended(ContainerSummary container, string reference) => new(container.Unattended
        ? $"container {reference} has lost its monitor, and its streams with it: minirun restart {reference}"
        : $"container {reference} belongs to the terminal of its `run --rm`, which alone has its streams: run it with -d or -t to attach to it");
}
