namespace MiniRun.Engine.Containers;

/// <summary>One check of a container's health.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="ExitCode">0 is healthy; -1 is that it took too long, or could not be started.</param>
/// <param name="Output">The beginning of what it said.</param>
public sealed record HealthResult(DateTimeOffset Start, DateTimeOffset End, int ExitCode, string Output);
