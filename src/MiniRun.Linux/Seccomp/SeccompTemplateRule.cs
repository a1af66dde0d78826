namespace MiniRun.Linux.Seccomp;

/// <summary>A rule that holds under conditions; null conditions always hold.</summary>
public sealed record SeccompTemplateRule(SeccompRule Rule, SeccompCondition? Includes = null, SeccompCondition? Excludes = null);
