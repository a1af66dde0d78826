namespace MiniRun.Linux.Seccomp;

/// <summary>A comparison of argument Index (0 to 5) by Operator (SCMP_CMP_*). For SCMP_CMP_MASKED_EQ Value is the mask and ValueTwo what must remain.</summary>
public readonly record struct SeccompArgument(uint Index, ulong Value, ulong ValueTwo, string Operator);
