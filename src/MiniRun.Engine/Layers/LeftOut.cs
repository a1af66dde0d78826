namespace MiniRun.Engine.Layers;

/// <summary>What was not copied for its type.</summary>
/// <param name="First">The first one's path, as it can be shown; null where there is none.</param>
public readonly record struct LeftOut(long Count, string? First);
