using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Store;

/// <summary>What becomes of the layout's names by a change. An image that loses its last name stays without one, unless it is to go.</summary>
internal static class ReferenceChanges
{
    internal static IReadOnlyList<StoredReference> Named(IReadOnlyList<StoredReference> references, StoredReference named)
    {
        List<StoredReference> changed = [];
        foreach (StoredReference reference in references)
        {
            bool nameless = reference.Name is null && reference.Manifest.Digest == named.Manifest.Digest;
            if (reference.Name != named.Name && !nameless)
            {
                changed.Add(reference);
            }
        }

        changed.Add(named);
        AddNameless(references, changed);
        return changed;
    }

    /// <summary>With an image that is to stay under the names it has, or without any.</summary>
    internal static IReadOnlyList<StoredReference> Kept(IReadOnlyList<StoredReference> references, Descriptor manifest) =>
        references.Any(reference => reference.Manifest.Digest == manifest.Digest) ? references : [.. references, new StoredReference(manifest)];

    internal static IReadOnlyList<StoredReference> Unnamed(IReadOnlyList<StoredReference> references, ImageReference name, bool keepNameless, out bool there)
    {
        List<StoredReference> changed = [];
        foreach (StoredReference reference in references)
        {
            if (reference.Name != name)
            {
                changed.Add(reference);
            }
        }

        there = changed.Count < references.Count;
        if (keepNameless)
        {
            AddNameless(references, changed);
        }

        return changed;
    }

    internal static IReadOnlyList<StoredReference> Without(IReadOnlyList<StoredReference> references, Digest manifest)
    {
        List<StoredReference> changed = [];
        foreach (StoredReference reference in references)
        {
            if (reference.Manifest.Digest != manifest)
            {
                changed.Add(reference);
            }
        }

        return changed;
    }

    /// <summary>Adds images that were there before and are not any more.</summary>
    private static void AddNameless(IReadOnlyList<StoredReference> before, List<StoredReference> changed)
    {
        foreach (StoredReference reference in before)
        {
            if (!changed.Exists(kept => kept.Manifest.Digest == reference.Manifest.Digest))
            {
                changed.Add(new StoredReference(reference.Manifest));
            }
        }
    }
}
