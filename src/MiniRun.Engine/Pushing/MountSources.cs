using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Pushing;

/// <summary>Which other repositories of a registry have a layer already: those of images here that were pulled from it or pushed to it.</summary>
internal sealed class MountSources
{
    private readonly Dictionary<Digest, string> _repositories = [];

    internal MountSources(ImageStore store, ImageReference target)
    {
        foreach (StoredReference reference in store.References())
        {
            if (reference is { Name: { } name, RepositoryDigest: not null } && name.Domain == target.Domain && name.Path != target.Path)
            {
                foreach (Descriptor layer in store.ReadManifest(reference.Manifest).Layers)
                {
                    _repositories.TryAdd(layer.Digest, name.Path);
                }
            }
        }
    }

    /// <summary>A repository that should have a layer; null where none is known.</summary>
    internal string? Of(Digest layer) => _repositories.GetValueOrDefault(layer);
}
