using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Inspection;

/// <summary>What is known of the image that a container was made of.</summary>
public sealed record ImageFacts
{
    /// <summary>The image's id; null for a sample, and where the image is not here any more.</summary>
    public Digest? Id { get; init; }

    public ImageConfig Config { get; init; } = new();

    /// <summary>The digests of its layers, the lowest first; empty for a sample.</summary>
    public IReadOnlyList<Digest> DiffIds { get; init; } = [];

    /// <summary>The folders of its layers, topmost first, as overlayfs takes them.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The bytes of the files of its layers.</summary>
    public long Size { get; init; }
}
