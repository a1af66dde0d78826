using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun rm`: the runtime's remains first, then the engine's; each part may be missing.</summary>
public sealed class RemoveContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    private const int PatienceMilliseconds = 2_000;

    /// <summary>Removes a container; force kills it first and clears half-made ones.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="force">Whether it may run, or be half-made.</param>
    /// <param name="volumes">Whether the volumes that nobody named go with it, unless another container has them.</param>
    /// <exception cref="MiniRunException">There is no such container, or it runs and force was not given.</exception>
    public void Remove(string reference, bool force, bool volumes = false)
    {
        ContainerId id = Find(reference);
        ContainerSummary container = new LookAtContainer(store, runtime).At(id);
        if (!force && (container.Running || container.Phase == ContainerPhase.Restarting))
        {
            throw new MiniRunException($"cannot remove container \"{reference}\": container is {container.PhaseName}: stop the container before removing (minirun stop {reference}) or force remove (minirun rm -f {reference})");
        }

        if (!force && !MonitorLock.WaitUntilFree(store.FolderOf(id), PatienceMilliseconds))
        {
            throw new MiniRunException($"cannot remove container \"{reference}\": it is being started or ended by another command: try again, or force remove (minirun rm -f {reference})");
        }

        new DiscardContainer(store, runtime).Discard(id, volumes);
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
