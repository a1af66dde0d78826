using MiniRun.Engine.Images;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>
/// `minirun run` by the caller's own process: the program has the caller's streams, and needs no monitor. So it is with --rm and without a
/// terminal, where nothing of the container outlives it (it has no log, and nobody else can attach to it), and with --trace.
/// </summary>
public sealed class RunContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, ImageSupply images, RunWordsReader read)
{
    /// <summary>Whether a container can be run so.</summary>
    public static bool Suits(RunRequest request) =>
        request is { Life: { Remove: true, Detach: false, Attach.Count: 0, Health.Any: false }, Process.Terminal: false };

    /// <summary>Runs a container to its end, and removes it or records that.</summary>
    /// <exception cref="MiniRunException">It could not be made; nothing is left of it.</exception>
    public RunOutcome Run(RunRequest request, RunObserver observer)
    {
        ContainerId id = ContainerStore.NewId();
        var creation = new CreateContainer(store, images, read);
        try
        {
            (PreparedContainer prepared, ContainerRecord record, FileLock alone) = creation.Make(request, observer, id);
            using FileLock attended = alone; // for its whole life, as a monitor's
            store.Events.Container(record, "attach");
            DateTimeOffset started = DateTimeOffset.UtcNow;
            ExitReport report = runtime.Run(prepared.Create, new RunOptions
            {
                OnStarted = pid =>
                {
                    store.Events.Started(record);
                    observer.Started?.Invoke(pid);
                },
            });
            store.Events.Ended(record, report.Status, report.OutOfMemory);
            if (request.Life.Remove)
            {
                ContainerEnd.Remove(store, id);
            }
            else
            {
                store.WriteLife(id, new ContainerLife { Started = started, Finished = DateTimeOffset.UtcNow, ExitCode = report.Status, OutOfMemory = report.OutOfMemory });
            }

            return new RunOutcome(report.Status, OutOfMemory.Remark(report, prepared.Bundle.Spec.Linux.Resources));
        }
        catch (Exception failure)
        {
            creation.RemoveAfter(failure, id);
            throw;
        }
    }
}
