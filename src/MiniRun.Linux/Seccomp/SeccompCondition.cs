namespace MiniRun.Linux.Seccomp;

/// <summary>When a rule of a template holds: docker's "includes" (all must hold) or "excludes" (none may). Capabilities are "CAP_…", architectures docker's ("amd64", "arm64").</summary>
public sealed record SeccompCondition
{
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>The oldest kernel; null is any.</summary>
    public Version? MinKernel { get; init; }
}
