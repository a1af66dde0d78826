using MiniRun.Engine.Options;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>What `minirun update` was told: what is null stays as it is, and so does what is 0, as with docker.</summary>
public sealed record LimitChanges
{
    public ResourceChoices Resources { get; init; } = new();

    /// <summary>--pids-limit -1 or 0: the limit goes.</summary>
    public bool LiftsPids { get; init; }

    public RestartPolicy? Restart { get; init; }

    internal bool Memory => Positive(Resources.Memory) is not null || NonZero(Resources.MemorySwap) is not null || Positive(Resources.MemoryReservation) is not null;

    internal bool Quota => Resources.Cpus is not null || Resources.CpuPeriod is not null || Resources.CpuQuota is not null;

    /// <summary>Whether a cgroup has to change.</summary>
    internal bool Limits => Memory || Quota || LiftsPids
        || Resources is not { CpuShares: null, CpusetCpus: null, CpusetMems: null, PidsLimit: null, BlockIoWeight: null };

    /// <summary>The request as it would have been with these.</summary>
    /// <exception cref="MiniRunException">They contradict what the container has; in docker's words.</exception>
    public RunRequest AppliedTo(RunRequest before)
    {
        if (Restart is { Condition: not RestartCondition.No } && before.Life.Remove)
        {
            throw new MiniRunException("Restart policy cannot be updated because AutoRemove is enabled for the container: it was made with --rm");
        }

        return before with
        {
            Resources = AppliedTo(before.Resources),
            Life = before.Life with { Restart = Restart ?? before.Life.Restart },
        };
    }

    private ResourceChoices AppliedTo(ResourceChoices before)
    {
        CheckQuota(before);
        return before with
        {
            Memory = Positive(Resources.Memory) ?? before.Memory,
            MemorySwap = Swap(before),
            MemoryReservation = Positive(Resources.MemoryReservation) ?? before.MemoryReservation,
            Cpus = Resources.Cpus ?? before.Cpus,
            CpuShares = Resources.CpuShares ?? before.CpuShares,
            CpuPeriod = Resources.CpuPeriod ?? before.CpuPeriod,
            CpuQuota = Resources.CpuQuota ?? before.CpuQuota,
            CpusetCpus = Resources.CpusetCpus ?? before.CpusetCpus,
            CpusetMems = Resources.CpusetMems ?? before.CpusetMems,
            PidsLimit = LiftsPids ? null : Resources.PidsLimit ?? before.PidsLimit,
            BlockIoWeight = Resources.BlockIoWeight ?? before.BlockIoWeight,
        };
    }

    private void CheckQuota(ResourceChoices before)
    {
        if (Resources.Cpus is not null && (before.CpuPeriod is not null || before.CpuQuota is not null))
        {
            throw new MiniRunException("Conflicting options: NanoCPUs cannot be updated as CPU Period or CPU Quota has already been set: use --cpu-period and --cpu-quota");
        }

        if (before.Cpus is not null && (Resources.CpuPeriod is not null || Resources.CpuQuota is not null))
        {
            throw new MiniRunException("Conflicting options: CPU Period and CPU Quota cannot be updated as NanoCPUs has already been set: use --cpus");
        }
    }

    /// <summary>Memory and swap together stay what they were, which without --memory-swap was twice the memory.</summary>
    private ByteSize? Swap(ResourceChoices before)
    {
        ByteSize? present = NonZero(before.MemorySwap) ?? (Positive(before.Memory) is { Bytes: <= long.MaxValue / 2 } limit ? new ByteSize(limit.Bytes * 2) : null);
        if (NonZero(Resources.MemorySwap) is { } given)
        {
            return given;
        }

        if (Positive(Resources.Memory) is not { } memory)
        {
            return before.MemorySwap;
        }

        return present is { Bytes: > 0 } && memory.Bytes > present.Value.Bytes
            ? throw new MiniRunException("Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time: add --memory-swap")
            : present;
    }

    private static ByteSize? Positive(ByteSize? size) => size is { Bytes: > 0 } ? size : null;

    private static ByteSize? NonZero(ByteSize? size) => size is { Bytes: not 0 } ? size : null;
}
