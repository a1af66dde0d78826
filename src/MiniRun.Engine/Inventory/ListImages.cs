using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Inventory;

/// <summary>`minirun images`.</summary>
public sealed class ListImages(ImageStore store)
{
    /// <summary>All images, the newest first; those with several names several times.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public IReadOnlyList<ImageSummary> List()
    {
        List<ImageSummary> images = [];
        foreach (StoredReference reference in store.References())
        {
            images.Add(Summary(reference));
        }

        images.Sort((one, other) => Nullable.Compare(other.Image.Document.Created, one.Image.Document.Created));
        return images;
    }

    /// <summary>One image under one name.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public ImageSummary Summary(StoredReference reference)
    {
        StoredImage image = store.Open(reference);
        long size = 0;
        foreach (Digest layer in image.Document.DiffIds)
        {
            size += store.Layers.SizeOf(layer);
        }

        return new ImageSummary(reference, image, size);
    }
}
