namespace MiniRun.Engine.Copies;

/// <summary>Where a copy goes.</summary>
/// <param name="IntoDestination">Into the destination, which is a folder; else beside it: into the folder above.</param>
/// <param name="Name">What the copied file or folder is called there; "." for a folder whose contents alone are copied.</param>
public readonly record struct CopyTarget(bool IntoDestination, string Name);
