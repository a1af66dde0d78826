namespace MiniRun.Linux.Seccomp;

/// <summary>A comparison in libseccomp's numbers.</summary>
internal readonly record struct ResolvedArgument(uint Index, int Operator, ulong Value, ulong ValueTwo);
