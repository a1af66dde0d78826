namespace MiniRun.Runtime.Plan;

/// <summary>A failed step in one line a user can act on, and docker's exit code for it: 127 not found, 126 not executable, 125 anything else.</summary>
public sealed record StepFailureReport(string Message, int ExitCode);
