using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>"KEY=VALUE"; a null value was not written (ARG only).</summary>
public readonly record struct KeyWithValue(SourceWord Key, SourceWord? Value);
