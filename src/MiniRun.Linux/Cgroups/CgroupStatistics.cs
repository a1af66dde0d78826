using System.Globalization;

namespace MiniRun.Linux.Cgroups;

/// <summary>What a cgroup has used. Times are in nanoseconds, sizes in bytes; a controller that is not enabled counts 0. Source: cgroup-v2.rst.</summary>
public sealed record CgroupStatistics
{
    public required CpuStatistics Cpu { get; init; }

    public required MemoryStatistics Memory { get; init; }

    /// <summary>Tasks now, and how many there may be; ulong.MaxValue is no limit.</summary>
    public required (ulong Current, ulong Limit) Pids { get; init; }

    /// <summary>One entry a device of io.stat.</summary>
    public required IReadOnlyList<IoStatistics> Io { get; init; }

    /// <summary>By page size ("2MB").</summary>
    public required IReadOnlyDictionary<string, HugetlbStatistics> Hugetlb { get; init; }

    /// <summary>PSI of the cpu, memory and io files; null where the kernel keeps none (psi=0).</summary>
    public required PressureStatistics? CpuPressure { get; init; }

    public required PressureStatistics? MemoryPressure { get; init; }

    public required PressureStatistics? IoPressure { get; init; }

    /// <summary>The controllers that count here; what is another's is 0.</summary>
    public IReadOnlyList<string> Controllers { get; init; } = [];

    /// <summary>Reads them all; a cgroup that goes meanwhile counts 0 from there on.</summary>
    public static CgroupStatistics Read(Cgroup cgroup) => new()
    {
        Cpu = CpuStatistics.Parse(cgroup.TryRead("cpu.stat") ?? ""),
        Memory = MemoryStatistics.Read(cgroup),
        Pids = (Value(cgroup, "pids.current"), Value(cgroup, "pids.max")),
        Io = IoStatistics.Parse(cgroup.TryRead("io.stat") ?? ""),
        Hugetlb = HugetlbStatistics.Read(cgroup),
        CpuPressure = PressureStatistics.Parse(cgroup.TryRead("cpu.pressure")),
        MemoryPressure = PressureStatistics.Parse(cgroup.TryRead("memory.pressure")),
        IoPressure = PressureStatistics.Parse(cgroup.TryRead("io.pressure")),
        Controllers = (cgroup.TryRead("cgroup.controllers") ?? "").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
    };

    /// <summary>A file that holds one number; "max" is ulong.MaxValue, and what is missing 0.</summary>
    internal static ulong Value(Cgroup cgroup, string file)
    {
        ReadOnlySpan<char> text = (cgroup.TryRead(file) ?? "").AsSpan().Trim();
        return text is "max" ? ulong.MaxValue : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : 0;
    }
}
