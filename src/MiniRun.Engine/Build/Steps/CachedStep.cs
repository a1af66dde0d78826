using MiniRun.Engine.Build.Stages;

namespace MiniRun.Engine.Build.Steps;

/// <summary>What an earlier build made of a step.</summary>
internal sealed record CachedStep(BuiltLayer Layer, DateTimeOffset Created);
