namespace MiniRun.Runtime.Spec;

/// <summary>A resource limit: Type is "RLIMIT_NOFILE" and the like.</summary>
public sealed record RlimitSpec(string Type, ulong Soft, ulong Hard);
