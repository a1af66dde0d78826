using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun rm`: the runtime's remains first, then the engine's; each part may be missing.</summary>
public sealed class RemoveContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    private const int MonitorMilliseconds = 5_000;

    /// <summary>Removes a container; force kills it first and clears half-made ones.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="force">Whether it may run, or be half-made.</param>
    /// <param name="volumes">Whether the volumes that nobody named go with it, unless another container has them.</param>
    /// <exception cref="MiniRunException">There is no such container, or it runs and force was not given.</exception>
    public void Remove(string reference, bool force, bool volumes = false)
    {
        ContainerId id = Find(reference);
        ContainerPhase phase = new LookAtContainer(store, runtime).At(id).Phase;
        if (!force && phase is ContainerPhase.Running or ContainerPhase.Paused or ContainerPhase.Restarting)
        {
            throw new MiniRunException($"cannot remove container \"{reference}\": container is {phase.ToString().ToLowerInvariant()}: stop the container before removing (minirun stop {reference}) or force remove (minirun rm -f {reference})");
        }

        using (AttachConnection? monitor = AttachConnection.TryOpen(store.FolderOf(id), AttachedStreams.None))
        {
            monitor?.AskStop();
        }

        runtime.Delete(id, force: true);
        // Its monitor has seen the end: what it writes last must not come after the folder's removal.
        MonitorLock.WaitUntilFree(store.FolderOf(id), MonitorMilliseconds);
        if (volumes)
        {
            ContainerEnd.Remove(store, id);
        }
        else
        {
            store.Remove(id);
        }
    }

    private ContainerId Find(string reference)
    {
        try
        {
            return store.Find(reference);
        }
        catch (NoSuchContainerException)
        {
            throw;
        }
        catch (MiniRunException)
        {
            // A removal that died half-way may have left the runtime's part alone.
            List<ContainerId> left = [];
            foreach (ContainerReport report in runtime.List())
            {
                left.Add(report.Id);
            }

            return ContainerReference.ByPrefix(reference, left);
        }
    }
}
