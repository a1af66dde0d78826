using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Engine.Registries;
using MiniRun.Linux;

namespace MiniRun.Engine.Pushing;

/// <summary>Sends an image of the store to the registry of its name: what is missing there of its layers and configuration, then the manifest, so that it is never half there.</summary>
public sealed class PushImage(ImageStore store, RegistryWriter registry, ITransferProgress progress)
{
    private const int LayersAtATime = 3;

    /// <summary>Pushes an image, and remembers under which digest the registry has it.</summary>
    /// <returns>Its manifest.</returns>
    /// <exception cref="MiniRunException">It is not here, or the registry refuses it or cannot be reached.</exception>
    public async Task<Descriptor> PushAsync(ImageReference name, CancellationToken cancellation)
    {
        using IDisposable use = store.Use();
        StoredReference reference = Find(name);
        ImageManifest manifest = store.ReadManifest(reference.Manifest);
        progress.Say($"The push refers to repository [{name.Repository}]");
        MountSources sources = new(store, name);
        ParallelOptions few = new() { MaxDegreeOfParallelism = LayersAtATime, CancellationToken = cancellation };

        // Two layers may be the same blob; sending it twice at once would only cost.
        await Parallel.ForEachAsync(manifest.Layers.DistinctBy(layer => layer.Digest), few, async (layer, token) => await PushLayerAsync(name, layer, sources, token).ConfigureAwait(false)).ConfigureAwait(false);
        await PushConfigAsync(name, manifest.Config, cancellation).ConfigureAwait(false);
        await registry.PutManifestAsync(name, reference.Manifest, store.Blobs.ReadDocument(reference.Manifest.Digest), cancellation).ConfigureAwait(false);
        store.Name(reference with { RepositoryDigest = reference.Manifest.Digest });
        return reference.Manifest;
    }

    private StoredReference Find(ImageReference name)
    {
        if (name.Digest is not null)
        {
            throw new MiniRunException($"cannot push a digest reference: {name.Familiar}: give the image a tag (minirun tag)");
        }

        foreach (StoredReference reference in store.References())
        {
            if (reference.Name == name)
            {
                return reference;
            }
        }

        throw new MiniRunException($"An image does not exist locally with the tag: {name.Familiar}: see minirun images, and minirun tag to give one this name");
    }

    private async Task PushLayerAsync(ImageReference name, Descriptor layer, MountSources sources, CancellationToken cancellation)
    {
        progress.Report(layer.Digest, TransferPhase.Pushing, 0, layer.Size);
        if (await registry.HasBlobAsync(name, layer, cancellation).ConfigureAwait(false))
        {
            progress.Report(layer.Digest, TransferPhase.AlreadyExists, layer.Size, layer.Size);
            return;
        }

        void Sent(long bytes) => progress.Report(layer.Digest, TransferPhase.Pushing, bytes, layer.Size);
        bool isMounted = await registry.PutBlobAsync(name, layer, sources.Of(layer.Digest), from => store.Blobs.OpenRead(layer.Digest, from), Sent, cancellation).ConfigureAwait(false);
        progress.Report(layer.Digest, isMounted ? TransferPhase.Mounted : TransferPhase.Pushed, layer.Size, layer.Size);
    }

    private async Task PushConfigAsync(ImageReference name, Descriptor config, CancellationToken cancellation)
    {
        if (!await registry.HasBlobAsync(name, config, cancellation).ConfigureAwait(false))
        {
            await registry.PutBlobAsync(name, config, null, from => store.Blobs.OpenRead(config.Digest, from), _ => { }, cancellation).ConfigureAwait(false);
        }
    }
}
