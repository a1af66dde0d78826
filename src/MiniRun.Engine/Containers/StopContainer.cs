using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun stop`: the program is asked to end, given time, and killed.</summary>
/// <param name="store">The containers.</param>
/// <param name="runtime">Those that run.</param>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
public sealed class StopContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, RunWordsReader read)
{
    private const int DeathMilliseconds = 10_000;

    /// <summary>Stops it; nothing to do where it does not run.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="signal">What to ask with; null is the container's own stop signal.</param>
    /// <param name="seconds">How long it may take then, -1 for ever; null is the container's own time.</param>
    /// <exception cref="MiniRunException">There is no such container, or it does not die.</exception>
    public void Stop(string reference, int? signal, int? seconds)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(reference);
        if (!container.Running && container.Phase != ContainerPhase.Restarting)
        {
            return;
        }

        using AttachConnection? monitor = AttachConnection.TryOpen(store.FolderOf(container.Id), AttachedStreams.None);
        monitor?.AskStop();
        // One that was between two runs may have begun the next.
        container = new LookAtContainer(store, runtime).At(container.Id);
        if (container.Running)
        {
            RunRequest request = container.Record is { Run.Count: > 0 } record ? read(record.Run) : new RunRequest { Image = "" };
            End(container, signal ?? SignalOf(container, request), seconds ?? StopSignal.Seconds(request));
        }

        if (monitor is not null)
        {
            monitor.WaitEnded();
            MonitorLock.WaitUntilFree(store.FolderOf(container.Id), DeathMilliseconds);
        }
        else if (container.Life is not null)
        {
            new UnattendedEnd(store, runtime).Record(container);
        }

        store.Events.Container(container.Record, "stop");
    }

    private int SignalOf(ContainerSummary container, RunRequest request)
    {
        if (request.Process.StopSignal != 0)
        {
            return request.Process.StopSignal;
        }

        ImageConfig? image = container.Record is { } record ? RecordedImage.Stored(store.Data, record)?.Document.Config : null;
        return StopSignal.Of(request, image ?? new ImageConfig());
    }

    private void End(ContainerSummary container, int signal, int seconds)
    {
        if (container.Phase == ContainerPhase.Paused)
        {
            runtime.Resume(container.Id);
        }

        if (TryKill(container, signal) && !runtime.WaitForEnd(container.Id, seconds < 0 ? -1 : (int)Math.Min(seconds * 1000L, int.MaxValue)))
        {
            TryKill(container, Signals.SIGKILL);
            if (!runtime.WaitForEnd(container.Id, DeathMilliseconds))
            {
                throw new MiniRunException($"container {container.Id.Short}: process {container.Pid} does not die of SIGKILL within {DeathMilliseconds / 1000} seconds: it waits for a device or network file system; try again later");
            }
        }
    }

    /// <summary>False where it has ended by itself.</summary>
    private bool TryKill(ContainerSummary container, int signal)
    {
        try
        {
            runtime.Kill(container.Id, signal);
            store.Events.Signalled(container.Record, signal);
            return true;
        }
        catch (NoSuchContainerException)
        {
            return false;
        }
        catch (MiniRunException) when (runtime.WaitForEnd(container.Id, 0))
        {
            return false;
        }
    }
}
