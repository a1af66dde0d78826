namespace MiniRun.Linux.Cgroups;

/// <summary>Number of tasks: pids.max. Source: cgroup-v2.rst, "PID".</summary>
public static class PidsController
{
    /// <summary>Translates a limit: null is unset, negative unlimited, 0 a real limit (runtime-spec 1.3).</summary>
    public static IReadOnlyList<CgroupWrite> Translate(long? limit)
        => limit is { } value ? [new("pids.max", Number.Limit(value))] : [];
}
