using System.Globalization;

namespace MiniRun.Linux.Cgroups;

/// <summary>Memory in bytes; a limit of ulong.MaxValue is none. Swap and its limit count memory plus swap, as the runtime-spec does.</summary>
public sealed record MemoryStatistics
{
    public required ulong Usage { get; init; }

    /// <summary>The highest usage there was (Linux 5.19).</summary>
    public required ulong Peak { get; init; }

    public required ulong Limit { get; init; }

    public required ulong Swap { get; init; }

    public required ulong SwapLimit { get; init; }

    /// <summary>memory.stat as it is.</summary>
    public required IReadOnlyDictionary<string, ulong> Raw { get; init; }

    public static MemoryStatistics Read(Cgroup cgroup)
    {
        ulong usage = CgroupStatistics.Value(cgroup, "memory.current");
        ulong limit = CgroupStatistics.Value(cgroup, "memory.max");
        ulong swapLimit = CgroupStatistics.Value(cgroup, "memory.swap.max");
        return new MemoryStatistics
        {
            Usage = usage,
            Peak = CgroupStatistics.Value(cgroup, "memory.peak"),
            Limit = limit,
            Swap = usage + CgroupStatistics.Value(cgroup, "memory.swap.current"),
            SwapLimit = limit == ulong.MaxValue || swapLimit == ulong.MaxValue ? ulong.MaxValue : limit + swapLimit,
            Raw = Parse(cgroup.TryRead("memory.stat") ?? ""),
        };
    }

    private static Dictionary<string, ulong> Parse(string text)
    {
        Dictionary<string, ulong> values = new(StringComparer.Ordinal);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            int blank = line.IndexOf(' ');
            if (blank > 0 && ulong.TryParse(line[(blank + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
            {
                values[line[..blank].ToString()] = value;
            }
        }

        return values;
    }
}
