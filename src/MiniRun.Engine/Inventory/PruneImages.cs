using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Inventory;

/// <summary>`minirun image prune`: removes images without a name, or all that no container is made of.</summary>
public sealed class PruneImages(ImageStore store, ContainerStore containers, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>Removes them, all contents that nothing needs, and downloads that were broken off.</summary>
    /// <param name="all">Also images with names.</param>
    /// <returns>The names taken away, and what was deleted.</returns>
    /// <exception cref="MiniRunException">The store is damaged, or another process uses it.</exception>
    public (IReadOnlyList<string> Untagged, CollectedContents Deleted) Prune(bool all)
    {
        var users = new ImageUsers(containers, runtime);
        HashSet<Digest> needed = [.. users.Manifests()];
        List<string> untagged = [];
        foreach (StoredReference reference in store.References())
        {
            if (!needed.Contains(reference.Manifest.Digest) && (all || reference.Name is null))
            {
                store.Drop(reference.Manifest.Digest);
                untagged.Add(reference.Name?.Familiar ?? reference.Manifest.Digest.ToString());
            }
        }

        CollectedContents deleted = store.Collect(users.Manifests, partials: true)
            ?? throw new MiniRunException("another minirun pulls, builds or starts a container: nothing can be deleted meanwhile, try again when it is done");
        new StepCache(containers.Data, store).Prune(all: false);
        return (untagged, deleted);
    }
}
