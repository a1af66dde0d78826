namespace MiniRun.Linux.Cgroups;

/// <summary>What linux.resources.cpu asks for: shares as in cgroup v1 (2 to 262144), times in microseconds. Null or, for shares, quota and period, 0 is unset.</summary>
public readonly record struct CpuLimits
{
    public ulong? Shares { get; init; }

    public long? Quota { get; init; }

    public ulong? Period { get; init; }

    public ulong? Burst { get; init; }

    public long? Idle { get; init; }

    public long? RealtimeRuntime { get; init; }

    public ulong? RealtimePeriod { get; init; }
}
