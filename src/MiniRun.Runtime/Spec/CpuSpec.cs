namespace MiniRun.Runtime.Spec;

/// <summary>Shares as in cgroup v1 (2 to 262144); quota, period and burst in microseconds.</summary>
public sealed record CpuSpec
{
    public ulong? Shares { get; init; }

    public long? Quota { get; init; }

    public ulong? Burst { get; init; }

    public ulong? Period { get; init; }

    public long? RealtimeRuntime { get; init; }

    public ulong? RealtimePeriod { get; init; }

    public string? Cpus { get; init; }

    public string? Mems { get; init; }

    public long? Idle { get; init; }
}
