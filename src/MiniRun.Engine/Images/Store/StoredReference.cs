using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Images.Store;

/// <summary>A name and the manifest it stands for: one entry of the layout's index.</summary>
public sealed record StoredReference(Descriptor Manifest)
{
    private const string RepositoryDigestKey = "io.minirun.repository-digest";

    /// <summary>Null for an image that has lost its name.</summary>
    public ImageReference? Name { get; init; }

    /// <summary>The digest a registry knows the image by under this name: of the index or manifest that was pulled or pushed. Null where none does.</summary>
    public Digest? RepositoryDigest { get; init; }

    internal static StoredReference Of(Descriptor descriptor) => new(descriptor with { Annotations = Empty })
    {
        Name = descriptor.Annotations.TryGetValue(LayoutFormat.NameKey, out string? name) ? NameOf(name) : null,
        RepositoryDigest = descriptor.Annotations.TryGetValue(RepositoryDigestKey, out string? digest) ? Digest.TryParse(digest) : null,
    };

    internal Descriptor ToDescriptor()
    {
        Dictionary<string, string> annotations = [];
        if (Name is not null)
        {
            annotations[LayoutFormat.NameKey] = Name.ToString();
        }

        if (RepositoryDigest is not null)
        {
            annotations[RepositoryDigestKey] = RepositoryDigest.ToString();
        }

        return Manifest with { Annotations = annotations };
    }

    private static IReadOnlyDictionary<string, string> Empty => System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    private static ImageReference? NameOf(string text)
    {
        try
        {
            return ImageReference.Parse(text);
        }
        catch (MiniRunException)
        {
            // Another tool's name: the image is there, and nameless to minirun.
            return null;
        }
    }
}
