namespace MiniRun.Linux.Cgroups;

/// <summary>CPU time: cpu.weight, cpu.idle, cpu.max, cpu.max.burst. Source: Documentation/admin-guide/cgroup-v2.rst, "CPU".</summary>
public static class CpuController
{
    private const ulong SmallestShares = 2;
    private const ulong LargestShares = 262144;

    /// <summary>Translates limits to writes.</summary>
    /// <exception cref="MiniRunException">Realtime scheduling was asked for, or a value is out of range.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(in CpuLimits limits)
    {
        RefuseRealtime(limits);
        List<CgroupWrite> writes = [];
        if (limits.Shares is { } shares and not 0)
        {
            writes.Add(new("cpu.weight", Number.Text(Weight(shares))));
        }

        // After the weight: with cpu.idle 1 the kernel refuses cpu.weight (EINVAL).
        if (limits.Idle is { } idle)
        {
            writes.Add(new("cpu.idle", idle is 0 or 1 ? Number.Text(idle) : throw new MiniRunException($"cpu.idle is {idle}: it can only be 0 or 1")));
        }

        if (limits.Quota is not (null or 0) || limits.Period is not (null or 0))
        {
            writes.Add(new("cpu.max", Max(limits.Quota ?? 0, limits.Period ?? 0)));
        }

        // After cpu.max: the burst may not exceed the quota in force.
        if (limits.Burst is { } burst)
        {
            writes.Add(new("cpu.max.burst", Number.Text(burst)));
        }

        return writes;
    }

    /// <summary>
    /// The weight (1 to 10000) for v1 shares. The linear formula of runc 1.1, crun 1.8 and Kubernetes' KEP-2254, not the curve newer
    /// ones use (1024 → 100): what a container gets must not depend on which of the installed runtimes started its neighbour.
    /// </summary>
    public static ulong Weight(ulong shares)
    {
        ulong clamped = Math.Clamp(shares, SmallestShares, LargestShares);
        return 1 + ((clamped - SmallestShares) * 9999 / (LargestShares - SmallestShares));
    }

    private static string Max(long quota, ulong period)
    {
        string limit = quota > 0 ? Number.Text(quota) : "max";
        return period == 0 ? limit : limit + " " + Number.Text(period);
    }

    private static void RefuseRealtime(in CpuLimits limits)
    {
        if (limits.RealtimeRuntime is not (null or 0) || limits.RealtimePeriod is not (null or 0))
        {
            throw new MiniRunException("realtime CPU limits exist only in cgroup v1: remove cpu.realtimeRuntime and cpu.realtimePeriod");
        }
    }
}
