using MiniRun.Engine.Containers;
using MiniRun.Runtime;

namespace MiniRun.Engine.Inspection;

/// <summary>All that is told of a container, gathered from where each part is known.</summary>
public sealed record ContainerDetails
{
    public required ContainerSummary Summary { get; init; }

    /// <summary>What it is; of a half-made one only the id is true.</summary>
    public required ContainerRecord Record { get; init; }

    /// <summary>What was asked for.</summary>
    public required RunRequest Request { get; init; }

    public required ImageFacts Image { get; init; }

    /// <summary>What is mounted in it of the host.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    /// <summary>Its folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether it has a copy of its image instead of an overlay.</summary>
    public bool Copied { get; init; }

    /// <summary>The hostname it sees.</summary>
    public required string Hostname { get; init; }

    /// <summary>Null where nobody asked.</summary>
    public ContainerSize? Size { get; init; }

    public ContainerId Id => Summary.Id;
}
