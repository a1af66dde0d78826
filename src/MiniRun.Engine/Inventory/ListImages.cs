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
            StoredImage image = store.Open(reference);
            images.Add(new ImageSummary(reference, image, store.SizeOf(image)));
        }

        images.Sort((one, other) => Nullable.Compare(other.Image.Document.Created, one.Image.Document.Created));
        return images;
    }
}
