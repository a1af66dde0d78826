namespace MiniRun.Engine.Build.Dockerfiles.Expansion;

/// <summary>What a variable is at some place of a Dockerfile; null is unset.</summary>
public delegate string? VariableLookup(string name);
