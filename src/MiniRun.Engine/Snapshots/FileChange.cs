namespace MiniRun.Engine.Snapshots;

/// <summary>A path that differs from the image.</summary>
/// <param name="Kind">How.</param>
/// <param name="Path">Absolute, inside.</param>
public readonly record struct FileChange(ChangeKind Kind, string Path);
