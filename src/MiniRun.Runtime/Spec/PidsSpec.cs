namespace MiniRun.Runtime.Spec;

/// <summary>Number of tasks; -1 is unlimited, 0 is a real limit (spec 1.3).</summary>
public sealed record PidsSpec(long? Limit);
