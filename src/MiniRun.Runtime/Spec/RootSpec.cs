namespace MiniRun.Runtime.Spec;

/// <summary>The container's root file system. Source: config.md#root.</summary>
public sealed record RootSpec(string Path, bool Readonly = false);
