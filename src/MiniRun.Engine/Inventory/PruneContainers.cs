using MiniRun.Engine.Containers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Inventory;

/// <summary>`minirun container prune`: removes containers that have ended, those that were made and never started, and what is left of dead ones.</summary>
public sealed class PruneContainers(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    // Between its folder and its process a container looks as if it were never to be started, or its minirun had died; it takes a small part of a second.
    private static readonly TimeSpan s_beginning = TimeSpan.FromMinutes(1);

    /// <summary>Removes them.</summary>
    /// <returns>Which, and the bytes that their files took.</returns>
    /// <exception cref="MiniRunException">One cannot be removed; those before it are gone.</exception>
    public (IReadOnlyList<ContainerId> Deleted, long Bytes) Prune()
    {
        var remove = new RemoveContainer(store, runtime);
        List<ContainerId> deleted = [];
        long bytes = 0;
        foreach (ContainerId id in store.List())
        {
            if (!HasEnded(id))
            {
                continue;
            }

            long size = TreeSize.Of(store.FolderOf(id));
            try
            {
                remove.Remove(id.Value, force: false);
            }
            catch (NoSuchContainerException)
            {
                // Somebody else was faster.
                continue;
            }

            bytes += size;
            deleted.Add(id);
        }

        return (deleted, bytes);
    }

    private bool HasEnded(ContainerId id) => new LookAtContainer(store, runtime).At(id).Phase switch
    {
        ContainerPhase.Exited => true,
        ContainerPhase.Created or ContainerPhase.Dead => IsOld(id),
        _ => false,
    };

    private bool IsOld(ContainerId id) =>
        FileStatus.Of(store.FolderOf(id)) is { } folder && folder.ModifiedSeconds < DateTimeOffset.UtcNow.Subtract(s_beginning).ToUnixTimeSeconds();
}
