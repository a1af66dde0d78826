using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Snapshots;

/// <summary>What `commit` was told.</summary>
public sealed record CommitRequest
{
    public ImageReference? Name { get; init; }

    public string Message { get; init; } = "";

    public string Author { get; init; } = "";

    /// <summary>Dockerfile instructions.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Whether the container's processes stand still meanwhile.</summary>
    public bool Pause { get; init; } = true;
}
