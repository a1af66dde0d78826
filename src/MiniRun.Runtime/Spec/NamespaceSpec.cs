namespace MiniRun.Runtime.Spec;

/// <summary>A namespace to make, or to join by Path.</summary>
public sealed record NamespaceSpec(NamespaceType Type, string? Path);
