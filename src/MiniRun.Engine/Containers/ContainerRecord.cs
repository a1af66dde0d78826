using MiniRun.Engine.Images.Names;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>What the engine remembers of a container (container.json); whether it runs is the runtime's to say.</summary>
public sealed record ContainerRecord
{
    public required ContainerId Id { get; init; }

    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>The image's manifest, whose layers the container lies on; null for a sample.</summary>
    public Digest? Manifest { get; init; }

    /// <summary>The program and its arguments, as executed.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When the program ended; null while it has not.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The exit status, 128 + n for signal n; null while it has not ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The 12 digits people see.</summary>
    public string ShortId => Id.Value.Length > 12 ? Id.Value[..12] : Id.Value;
}
