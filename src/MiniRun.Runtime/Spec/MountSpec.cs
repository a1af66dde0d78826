namespace MiniRun.Runtime.Spec;

/// <summary>One entry of mounts[]. Source: config.md#mounts, config-linux.md.</summary>
public sealed record MountSpec
{
    public required string Destination { get; init; }

    public string? Type { get; init; }

    public string? Source { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>
    /// A path below <see cref="Source"/> that is mounted in its stead. It is followed inside of it only, because whoever can write there
    /// decides where it leads. The engine's (volume-subpath); config.json has no such field.
    /// </summary>
    public string? Subpath { get; init; }

    /// <summary>Whether <see cref="Source"/> was resolved before, so that a link on its way is not followed. The engine's; what config.json names is resolved when the container is created.</summary>
    public bool NoLinks { get; init; }

    /// <summary>Folders, topmost first, whose overlay is mounted read-only in the stead of <see cref="Source"/>. The engine's (type=image), for two and more.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    public IReadOnlyList<IdMapping> UidMappings { get; init; } = [];

    public IReadOnlyList<IdMapping> GidMappings { get; init; } = [];
}
