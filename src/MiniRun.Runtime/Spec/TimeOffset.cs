namespace MiniRun.Runtime.Spec;

/// <summary>Offset of a clock in a time namespace.</summary>
public sealed record TimeOffset(long Secs, uint Nanosecs);
