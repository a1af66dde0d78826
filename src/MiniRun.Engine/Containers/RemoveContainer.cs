using MiniRun.Linux;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun rm`: the runtime's remains first, then the engine's; each part may be missing.</summary>
public sealed class RemoveContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>Removes a container; force kills it first and clears half-made ones.</summary>
    /// <exception cref="MiniRunException">There is no such container, or it runs and force was not given.</exception>
    public void Remove(string reference, bool force)
    {
        ContainerId id = Find(reference);
        if (!force && Runs(id))
        {
            throw new MiniRunException($"cannot remove container \"{reference}\": container is running: end its program first (minirun kill {reference}) or force it (minirun rm -f {reference})");
        }

        runtime.Delete(id, force: true);
        store.Remove(id);
    }

    private bool Runs(ContainerId id)
    {
        try
        {
            return runtime.State(id).Status is ContainerStatus.Running or ContainerStatus.Paused;
        }
        catch (NoSuchContainerException)
        {
            return false;
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
