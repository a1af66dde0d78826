namespace MiniRun.Runtime.Spec;

/// <summary>A comparison of one argument; Op is SCMP_CMP_*.</summary>
public sealed record SeccompArgumentSpec(uint Index, ulong Value, ulong ValueTwo, string Op);
