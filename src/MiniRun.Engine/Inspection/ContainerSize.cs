namespace MiniRun.Engine.Inspection;

/// <summary>The bytes of a container's files.</summary>
/// <param name="Written">Of those it has made or changed.</param>
/// <param name="All">Of those and of its image's.</param>
public readonly record struct ContainerSize(long Written, long All);
