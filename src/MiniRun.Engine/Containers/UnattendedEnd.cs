using MiniRun.Engine.Monitoring;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Containers;

/// <summary>Clears up after a container whose monitor was killed, once its program has ended: what the monitor would have done, but for the exit status, which nobody knows.</summary>
internal sealed class UnattendedEnd(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    internal void Record(ContainerSummary container)
    {
        using FileLock? alone = MonitorLock.TryTake(store.FolderOf(container.Id));
        if (alone is null)
        {
            return; // somebody attends it again
        }

        runtime.Delete(container.Id, force: true);
        store.Events.Container(container.Record, "die"); // without an exit code: nobody knows it
        if (container.Record is { } record && record.HasOption("--rm"))
        {
            ContainerEnd.Remove(store, container.Id);
            return;
        }

        store.WriteLife(container.Id, (container.Life ?? new ContainerLife()) with { Finished = DateTimeOffset.UtcNow, Restarting = false, Error = "its monitor was killed: nobody knows how the program ended" });
    }
}
