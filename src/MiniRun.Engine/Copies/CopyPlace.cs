namespace MiniRun.Engine.Copies;

/// <summary>One end of a copy, as far as where things go depends on it.</summary>
/// <param name="Path">Absolute and clean, with the end it was written with.</param>
/// <param name="Exists">Whether something is there.</param>
/// <param name="IsFolder">Whether that is a folder.</param>
public readonly record struct CopyPlace(string Path, bool Exists, bool IsFolder);
