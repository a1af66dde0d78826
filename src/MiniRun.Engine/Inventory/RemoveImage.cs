using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Inventory;

/// <summary>`minirun rmi`: takes a name away, and with the last name the image, unless containers are made of it.</summary>
public sealed class RemoveImage(ImageStore store, ContainerStore containers, Runtime.Lifecycle.Containers runtime)
{
    private readonly ImageUsers _users = new(containers, runtime);

    /// <summary>Removes a name, or an image with all its names where an id is given.</summary>
    /// <param name="text">A name, an id, or the beginning of an id.</param>
    /// <param name="force">Also an image of several names by its id, and one that ended containers were made of.</param>
    /// <param name="prune">Whether an image without a name is deleted, and not kept as nameless.</param>
    /// <exception cref="MiniRunException">There is none, or something still needs it.</exception>
    public RemovedImage Remove(string text, bool force, bool prune = true)
    {
        StoredReference found = new ImageSearch(store).Get(text);
        List<StoredReference> names = NamesOf(found.Manifest.Digest);
        bool byName = ImageSearch.MeansName(text, found);
        if (byName && names.Count > 1)
        {
            store.Unname(found.Name!, keepNameless: false);
            return new RemovedImage([found.Name!.Familiar], []);
        }

        if (names.Count > 1 && !force)
        {
            throw new MiniRunException($"conflict: unable to delete {text} (must be forced) - image is referenced in {names.Count} names: remove it by name, or all of them with -f");
        }

        Refuse(text, found, force);
        List<string> untagged = names.ConvertAll(name => name.Name!.Familiar);
        if (!prune)
        {
            names.ForEach(name => store.Unname(name.Name!, keepNameless: true));
            return new RemovedImage(untagged, []);
        }

        Digest id = store.Open(found).Id;
        store.Drop(found.Manifest.Digest);
        return new RemovedImage(untagged, Deleted(id));
    }

    private List<Digest> Deleted(Digest id)
    {
        CollectedContents? collected = store.Collect(_users.Manifests);
        new StepCache(containers.Data, store).Prune(all: false);
        return [id, .. collected?.Layers ?? []];
    }

    private List<StoredReference> NamesOf(Digest manifest)
    {
        List<StoredReference> names = [];
        foreach (StoredReference reference in store.References())
        {
            if (reference.Name is not null && reference.Manifest.Digest == manifest)
            {
                names.Add(reference);
            }
        }

        return names;
    }

    private void Refuse(string text, StoredReference image, bool force)
    {
        foreach ((ContainerId container, bool runs) in _users.Of(image.Manifest.Digest))
        {
            if (runs || !force)
            {
                string remedy = runs ? "cannot be forced" : "must be forced";
                string state = runs ? "running" : "stopped";
                throw new MiniRunException($"conflict: unable to remove {text} ({remedy}) - it is being used by {state} container {container.Short}: remove that first (minirun rm {(runs ? "-f " : "")}{container.Short})");
            }
        }
    }
}
