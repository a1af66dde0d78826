namespace MiniRun.Linux.Cgroups;

/// <summary>What linux.resources.memory asks for, in bytes: -1 is unlimited, null or 0 unset. Swap counts memory plus swap, as in cgroup v1.</summary>
public readonly record struct MemoryLimits
{
    public long? Limit { get; init; }

    public long? Reservation { get; init; }

    public long? Swap { get; init; }

    public long? Kernel { get; init; }

    public long? KernelTcp { get; init; }

    public ulong? Swappiness { get; init; }

    public bool? DisableOomKiller { get; init; }
}
