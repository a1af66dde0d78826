namespace MiniRun.Engine.Containers;

/// <summary>How `run` or `exec` ended.</summary>
/// <param name="ExitCode">The program's exit status, 128 + n for signal n.</param>
/// <param name="Remark">What the user should know of it, in a sentence; null for nothing.</param>
public readonly record struct RunOutcome(int ExitCode, string? Remark);
