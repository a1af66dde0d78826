namespace MiniRun.Runtime.Spec;

/// <summary>CPU lists for exec: while joining, and for the program.</summary>
public sealed record ExecCpuAffinity(string? Initial, string? Final);
