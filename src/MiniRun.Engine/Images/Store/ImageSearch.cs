using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Images.Store;

/// <summary>Finds the entry that a user's word means: a name before an id, as docker has it.</summary>
internal sealed class ImageSearch(ImageStore store)
{
    private const int ShortestId = 3;
    private const int UsualId = 64;
    private const int LongestId = 128;
    private static readonly int s_algorithm = "sha256:".Length;

    /// <exception cref="MiniRunException">There is none; or as <see cref="Find"/>.</exception>
    internal StoredReference Get(string text) => Find(text) ?? throw new MiniRunException($"No such image: {text}");

    /// <exception cref="MiniRunException">The text is neither name nor id; the beginning fits several; the store is damaged.</exception>
    internal StoredReference? Find(string text)
    {
        IReadOnlyList<StoredReference> references = store.References();
        bool isDigest = text.StartsWith("sha256:", StringComparison.Ordinal) || text.StartsWith("sha512:", StringComparison.Ordinal);
        string id = isDigest ? text[s_algorithm..] : text;
        bool canBeId = id.Length is >= ShortestId and <= LongestId && Digest.IsHex(id, id.Length);
        bool isIdAlone = id.Length is UsualId || isDigest;
        return (isIdAlone && canBeId ? null : ByName(references, ImageReference.Parse(text)))
            ?? (canBeId ? ById(references, id, text) : null);
    }

    /// <summary>Whether a word that led to this entry is its name, and not the beginning of the image's id.</summary>
    internal static bool MeansName(string text, StoredReference found)
    {
        try
        {
            return ImageReference.Parse(text).Repository == found.Name?.Repository;
        }
        catch (MiniRunException)
        {
            return false;
        }
    }

    private static StoredReference? ByName(IReadOnlyList<StoredReference> references, ImageReference name)
    {
        foreach (StoredReference reference in references)
        {
            if (reference.Name is { } known && known.Repository == name.Repository
                && (name.Digest is null ? known.Digest is null && known.Tag == name.Tag : Has(reference, name.Digest)))
            {
                return reference;
            }
        }

        return null;
    }

    private static bool Has(StoredReference reference, Digest digest) =>
        reference.RepositoryDigest == digest || reference.Manifest.Digest == digest;

    private StoredReference? ById(IReadOnlyList<StoredReference> references, string id, string text)
    {
        StoredReference? found = null;
        Digest? foundId = null;
        foreach (StoredReference reference in references)
        {
            Digest candidate = store.ReadManifest(reference.Manifest).Config.Digest;
            if (!candidate.Hex.StartsWith(id, StringComparison.Ordinal) || candidate == foundId)
            {
                continue;
            }

            if (found is not null)
            {
                throw new MiniRunException($"\"{text}\" is the beginning of several images' ids: give more of it");
            }

            (found, foundId) = (reference, candidate);
        }

        return found;
    }
}
