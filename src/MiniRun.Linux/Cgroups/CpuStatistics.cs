namespace MiniRun.Linux.Cgroups;

/// <summary>cpu.stat, in nanoseconds.</summary>
public sealed record CpuStatistics(ulong Total, ulong User, ulong Kernel, ulong Periods, ulong ThrottledPeriods, ulong ThrottledTime)
{
    private const ulong Microsecond = 1000;

    public static CpuStatistics Parse(string text) => new(
        Of(text, "usage_usec") * Microsecond,
        Of(text, "user_usec") * Microsecond,
        Of(text, "system_usec") * Microsecond,
        Of(text, "nr_periods"),
        Of(text, "nr_throttled"),
        Of(text, "throttled_usec") * Microsecond);

    private static ulong Of(string text, string key) => (ulong)CgroupEvents.Value(text, key);
}
