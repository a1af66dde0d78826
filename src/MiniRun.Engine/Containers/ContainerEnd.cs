using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>The removal of a container with the volumes that nobody named: --rm, rm -v, and a container that could not be made.</summary>
internal static class ContainerEnd
{
    /// <summary>Removes what is there of it. The record goes first, which says whose the volumes are: one that is killed in between leaves volumes that `volume prune` removes.</summary>
    /// <exception cref="MiniRunException">A kernel call failed.</exception>
    internal static void Remove(ContainerStore store, ContainerId id)
    {
        ContainerRecord? record = store.TryRead(id); // a damaged one names no volumes
        store.Remove(id);
        if (record is not null)
        {
            new RemoveVolume(store).RemoveOf(record);
        }
    }
}
