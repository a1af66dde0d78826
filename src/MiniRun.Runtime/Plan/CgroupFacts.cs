namespace MiniRun.Runtime.Plan;

/// <summary>Where the host's cgroup v2 tree is mounted, and whether it weighs block I/O with BFQ, whose file and scale differ.</summary>
public sealed record CgroupFacts(string MountPoint, bool Bfq = false)
{
    /// <summary>The controllers that the host has.</summary>
    public IReadOnlyList<string> Controllers { get; init; } = [];
}
