using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Store;

/// <summary>Deletes what can be reached from no name. The caller is alone in the store.</summary>
internal sealed class ContentCollection(ImageStore store)
{
    private readonly HashSet<Digest> _blobs = [];
    private readonly HashSet<Digest> _layers = [];

    internal CollectedContents Collect(IReadOnlyList<Digest> inUse)
    {
        foreach (StoredReference reference in store.References())
        {
            Reach(reference.Manifest);
        }

        foreach (Digest manifest in inUse)
        {
            if (store.Blobs.SizeOf(manifest) is { } size)
            {
                Reach(new Descriptor("", manifest, size));
            }
        }

        return Delete();
    }

    private void Reach(Descriptor descriptor)
    {
        if (!_blobs.Add(descriptor.Digest))
        {
            return;
        }

        // One that cannot be read ends the collection: deleting on a guess could take what it needs.
        StoredImage image = store.Open(descriptor);
        _blobs.Add(image.Manifest.Config.Digest);
        foreach (Descriptor layer in image.Manifest.Layers)
        {
            _blobs.Add(layer.Digest);
        }

        _layers.UnionWith(image.Document.DiffIds);
    }

    private CollectedContents Delete()
    {
        long bytes = 0;
        List<Digest> layers = [];
        foreach (Digest layer in store.Layers.List())
        {
            if (!_layers.Contains(layer))
            {
                bytes += store.Layers.SizeOf(layer);
                store.Layers.Remove(layer);
                layers.Add(layer);
            }
        }

        List<Digest> blobs = [];
        foreach (Digest blob in store.Blobs.List())
        {
            if (!_blobs.Contains(blob))
            {
                bytes += store.Blobs.SizeOf(blob) ?? 0;
                store.Blobs.Remove(blob);
                blobs.Add(blob);
            }
        }

        return new CollectedContents(blobs, layers, bytes);
    }
}
