using MiniRun.Engine.Monitoring;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun wait`: the exit status of a container, once it has ended.</summary>
public sealed class WaitContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>The status of a program whose end nobody has seen, or could write down; docker's for such a one.</summary>
    public const int UnknownStatus = 255;

    /// <summary>Waits until the program ends; at once where it has ended.</summary>
    /// <exception cref="MiniRunException">There is no such container.</exception>
    public int Wait(string reference)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(reference);
        if (!container.Running && container.Phase != ContainerPhase.Restarting)
        {
            return container.Phase == ContainerPhase.Created ? 0 : container.Life?.ExitCode ?? UnknownStatus;
        }

        using AttachConnection? monitor = AttachConnection.TryOpen(store.FolderOf(container.Id), AttachedStreams.None);
        if (monitor?.WaitEnded() is { } outcome)
        {
            return outcome.ExitCode;
        }

        // Attended by a `run --rm`, or by nobody.
        runtime.WaitForEnd(container.Id, -1);
        return ReadExitCode(container) ?? UnknownStatus;
    }

    private int? ReadExitCode(ContainerSummary container)
    {
        try
        {
            return store.ReadLife(container.Id)?.ExitCode;
        }
        catch (MiniRunException)
        {
            return null;
        }
    }
}
