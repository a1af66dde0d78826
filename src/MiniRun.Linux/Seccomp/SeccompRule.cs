namespace MiniRun.Linux.Seccomp;

/// <summary>One action (SCMP_ACT_*) for some system calls; Errno null is EPERM; the arguments must all match.</summary>
public sealed record SeccompRule(IReadOnlyList<string> Names, string Action, uint? Errno, IReadOnlyList<SeccompArgument> Arguments);
