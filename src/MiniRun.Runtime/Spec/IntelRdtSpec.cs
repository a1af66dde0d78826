namespace MiniRun.Runtime.Spec;

/// <summary>linux.intelRdt.</summary>
public sealed record IntelRdtSpec
{
    public string? ClosId { get; init; }

    public IReadOnlyList<string> Schemata { get; init; } = [];

    public string? L3CacheSchema { get; init; }

    public string? MemBwSchema { get; init; }

    public bool EnableMonitoring { get; init; }
}
