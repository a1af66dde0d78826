namespace MiniRun.Engine.Bundles;

/// <summary>A range of ids on the host.</summary>
public readonly record struct IdRange(uint Start, uint Count);
