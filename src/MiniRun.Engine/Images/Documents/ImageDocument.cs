using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Documents;

/// <summary>An image's configuration (image-spec, config.md); its digest is the image's id.</summary>
public sealed record ImageDocument
{
    public required Platform Platform { get; init; }

    public DateTimeOffset? Created { get; init; }

    public string Author { get; init; } = "";

    public required ImageConfig Config { get; init; }

    /// <summary>The layers' uncompressed digests, the lowest first.</summary>
    public required IReadOnlyList<Digest> DiffIds { get; init; }

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];
}
