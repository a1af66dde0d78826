namespace MiniRun.Linux.Seccomp;

/// <summary>A rule in libseccomp's numbers: the action is the filter's return value, the operators are enum scmp_compare.</summary>
internal readonly record struct ResolvedRule(IReadOnlyList<string> Names, string ActionWord, uint Action, IReadOnlyList<ResolvedArgument> Arguments);
