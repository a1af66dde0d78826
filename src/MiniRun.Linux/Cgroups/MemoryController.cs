namespace MiniRun.Linux.Cgroups;

/// <summary>Memory: memory.max, memory.low, memory.swap.max. Source: cgroup-v2.rst, "Memory"; runtime-spec config-linux.md, "Memory".</summary>
public static class MemoryController
{
    /// <summary>Translates limits to writes.</summary>
    /// <exception cref="MiniRunException">The values contradict each other, or only cgroup v1 knows what is asked for.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(in MemoryLimits limits)
    {
        RefuseWhatOnlyV1Has(limits);
        List<CgroupWrite> writes = [];
        if (SwapMax(limits.Limit ?? 0, limits.Swap ?? 0) is { } swap)
        {
            writes.Add(new("memory.swap.max", swap));
        }

        Add(writes, "memory.max", limits.Limit);
        Add(writes, "memory.low", limits.Reservation);
        return writes;
    }

    private static void Add(List<CgroupWrite> writes, string file, long? limit)
    {
        if (limit is null or 0)
        {
            return;
        }

        writes.Add(limit >= -1 ? new(file, Number.Limit(limit.Value)) : throw new MiniRunException($"{file}: {limit} is not a number of bytes (-1 is unlimited)"));
    }

    /// <summary>memory.swap.max counts swap alone, the spec's swap memory plus swap.</summary>
    private static string? SwapMax(long memory, long memoryAndSwap)
    {
        switch (memoryAndSwap)
        {
            case 0:
                // Unlimited memory alone lifts the swap limit too, as runc does.
                return memory == -1 ? "max" : null;
            case -1:
                return "max";
            case < -1:
                throw new MiniRunException($"memory.swap is {memoryAndSwap}: not a number of bytes (-1 is unlimited)");
            case > 0 when memory <= 0:
                throw new MiniRunException("a swap limit counts memory plus swap, so it needs a memory limit: give memory.limit too (--memory)");
            case > 0 when memoryAndSwap < memory:
                throw new MiniRunException($"memory.swap ({memoryAndSwap}) counts memory plus swap, so it cannot be below memory.limit ({memory})");
            default:
                return Number.Text(memoryAndSwap - memory);
        }
    }

    private static void RefuseWhatOnlyV1Has(in MemoryLimits limits)
    {
        string? asked = limits switch
        {
            { Kernel: not (null or 0 or -1) } => "kernel",
            { KernelTcp: not (null or 0 or -1) } => "kernelTCP",
            { Swappiness: not (null or 0) } => "swappiness",
            { DisableOomKiller: true } => "disableOOMKiller",
            _ => null,
        };
        if (asked is not null)
        {
            throw new MiniRunException($"memory.{asked} exists only in cgroup v1: remove it");
        }
    }
}
