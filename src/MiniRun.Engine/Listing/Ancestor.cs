using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Listing;

/// <summary>The image that an ancestor= filter points at.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Image">What that means; null where it is no image of the store: a sample, or nothing.</param>
internal sealed record Ancestor(string Text, StoredImage? Image)
{
    private const string Latest = ":latest";

    /// <summary>Whether a container is made of the image, or of one that was built from it.</summary>
    internal bool IsOf(ListedContainer container)
    {
        if (container is not { Record: { } record, Image: { } image })
        {
            return false;
        }

        if (Image is null)
        {
            return record.Manifest is null && Tagged(record.Image) == Tagged(Text);
        }

        return image.Id == Image.Id || (image.DiffIds.Count > Image.Document.DiffIds.Count && image.DiffIds.Take(Image.Document.DiffIds.Count).SequenceEqual(Image.Document.DiffIds));
    }

    private static string Tagged(string name) => name.EndsWith(Latest, StringComparison.Ordinal) ? name : name + Latest;
}
