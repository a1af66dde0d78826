using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Store;

/// <summary>An image in the store, whole.</summary>
public sealed record StoredImage
{
    public required Descriptor ManifestDescriptor { get; init; }

    public required ImageManifest Manifest { get; init; }

    public required ImageDocument Document { get; init; }

    /// <summary>The image's id: the digest of its configuration, as docker has it.</summary>
    public Digest Id => Manifest.Config.Digest;
}
