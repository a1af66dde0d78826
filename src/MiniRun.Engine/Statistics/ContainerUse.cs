using MiniRun.Engine.Containers;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Engine.Statistics;

/// <summary>What a container uses, as `stats` shows it. Null is not known, as all of one that is gone; of a container that does not run all is 0.</summary>
public sealed record ContainerUse
{
    public required ContainerSummary Container { get; init; }

    /// <summary>Processor time between two samples, in per cent of one processor.</summary>
    public required double? Cpu { get; init; }

    /// <summary>Bytes without what the kernel would drop first (inactive_file), as docker counts.</summary>
    public required ulong? Memory { get; init; }

    /// <summary>Bytes it may have; the host's where it has no limit.</summary>
    public required ulong? MemoryLimit { get; init; }

    public required (ulong Received, ulong Sent)? Network { get; init; }

    public required (ulong Read, ulong Written)? Block { get; init; }

    public required int? Processes { get; init; }

    /// <summary>How long some of its tasks waited for a processor in the last ten seconds, in per cent (PSI).</summary>
    public required double? CpuPressure { get; init; }

    /// <summary>The same of memory.</summary>
    public required double? MemoryPressure { get; init; }

    /// <summary>The same of disks.</summary>
    public required double? IoPressure { get; init; }

    /// <summary>Reckons it from two samples.</summary>
    /// <param name="before">The earlier one; null leaves the share of processor time unknown.</param>
    /// <param name="after">Null where the container does not run.</param>
    /// <param name="hostMemory">In bytes.</param>
    internal static ContainerUse Of(ContainerSummary container, ContainerSample? before, ContainerSample? after, ulong hostMemory)
    {
        if (after is null)
        {
            return OfNone(container);
        }

        CgroupStatistics? cgroup = after.Cgroup;
        MemoryStatistics? memory = cgroup is not null && cgroup.Controllers.Contains("memory") ? cgroup.Memory : null;
        return new ContainerUse
        {
            Container = container,
            Cpu = CpuShare(before, after),
            Memory = memory is null ? null : Used(memory),
            MemoryLimit = memory is null ? null : Math.Min(memory.Limit > 0 ? memory.Limit : ulong.MaxValue, hostMemory),
            Network = after.Network,
            Block = cgroup is not null && cgroup.Controllers.Contains("io") ? Blocks(cgroup.Io) : null,
            Processes = after.Processes,
            CpuPressure = cgroup?.CpuPressure?.Some.Last10,
            MemoryPressure = cgroup?.MemoryPressure?.Some.Last10,
            IoPressure = cgroup?.IoPressure?.Some.Last10,
        };
    }

    private static ContainerUse OfNone(ContainerSummary container)
    {
        bool gone = container.Phase == ContainerPhase.Dead;
        return new ContainerUse
        {
            Container = container,
            Cpu = gone ? null : 0,
            Memory = gone ? null : 0,
            MemoryLimit = gone ? null : 0,
            Network = gone ? null : (0, 0),
            Block = gone ? null : (0, 0),
            Processes = gone ? null : 0,
            CpuPressure = gone ? null : 0,
            MemoryPressure = gone ? null : 0,
            IoPressure = gone ? null : 0,
        };
    }

    /// <summary>cpu.stat counts without the controller too.</summary>
    private static double? CpuShare(ContainerSample? before, ContainerSample after)
    {
        if (before?.Cgroup is null || after.Cgroup is null || after.Time <= before.Time)
        {
            return null;
        }

        // A container that was started again between the two has used less than before.
        double used = Math.Max(0, (double)after.Cgroup.Cpu.Total - before.Cgroup.Cpu.Total);
        return 100 * used / (after.Time - before.Time).TotalNanoseconds;
    }

    private static ulong Used(MemoryStatistics memory) => memory.Usage - Math.Min(memory.Usage, memory.Raw.GetValueOrDefault("inactive_file"));

    private static (ulong Read, ulong Written) Blocks(IReadOnlyList<IoStatistics> devices)
    {
        (ulong read, ulong written) = (0, 0);
        foreach (IoStatistics device in devices)
        {
            read += device.ReadBytes;
            written += device.WrittenBytes;
        }

        return (read, written);
    }
}
