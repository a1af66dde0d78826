namespace MiniRun.Runtime.Spec;

/// <summary>Bytes; -1 is unlimited. Swap counts memory plus swap, as in cgroup v1.</summary>
public sealed record MemorySpec
{
    public long? Limit { get; init; }

    public long? Reservation { get; init; }

    public long? Swap { get; init; }

    public long? Kernel { get; init; }

    public long? KernelTcp { get; init; }

    public ulong? Swappiness { get; init; }

    public bool? DisableOomKiller { get; init; }

    public bool? UseHierarchy { get; init; }

    public bool? CheckBeforeUpdate { get; init; }
}
