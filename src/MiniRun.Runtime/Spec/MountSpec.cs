namespace MiniRun.Runtime.Spec;

/// <summary>One entry of mounts[]. Source: config.md#mounts, config-linux.md.</summary>
public sealed record MountSpec
{
    public required string Destination { get; init; }

    public string? Type { get; init; }

    public string? Source { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    public IReadOnlyList<IdMapping> UidMappings { get; init; } = [];

    public IReadOnlyList<IdMapping> GidMappings { get; init; } = [];
}
