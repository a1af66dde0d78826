namespace MiniRun.Runtime.Spec;

/// <summary>PageSize as in "2MB"; Limit in bytes.</summary>
public sealed record HugepageLimitSpec(string PageSize, ulong Limit);
