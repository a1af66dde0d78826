namespace MiniRun.Engine.Images.Documents;

/// <summary>How one layer, or one change of the configuration, came about (image-spec, config.md, history).</summary>
public sealed record HistoryEntry
{
    public DateTimeOffset? Created { get; init; }

    public string CreatedBy { get; init; } = "";

    public string Author { get; init; } = "";

    public string Comment { get; init; } = "";

    /// <summary>Whether it changed the configuration alone.</summary>
    public bool EmptyLayer { get; init; }
}
