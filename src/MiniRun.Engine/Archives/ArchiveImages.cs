using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Archives;

/// <summary>Naming of images that were loaded.</summary>
internal static class ArchiveImages
{
    /// <exception cref="MiniRun.Linux.MiniRunException">One is no name.</exception>
    internal static IReadOnlyList<ImageReference> Names(IReadOnlyList<string> texts)
    {
        List<ImageReference> names = [];
        foreach (string text in texts)
        {
            names.Add(ImageReference.Parse(text));
        }

        return names;
    }

    /// <summary>Gives an image that is all in the store its names, or none.</summary>
    internal static LoadedImage Name(ImageStore store, Descriptor manifest, Digest id, IReadOnlyList<ImageReference> names)
    {
        if (names.Count == 0 && !store.References().Any(reference => reference.Manifest.Digest == manifest.Digest))
        {
            store.Name(new StoredReference(manifest));
        }

        foreach (ImageReference name in names)
        {
            store.Name(new StoredReference(manifest) { Name = name });
        }

        return new LoadedImage(id, names);
    }
}
