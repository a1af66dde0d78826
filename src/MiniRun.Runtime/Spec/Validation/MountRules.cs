namespace MiniRun.Runtime.Spec.Validation;

/// <summary>mounts[]. What may stand on /proc and /sys is checked by name here, and on the opened file systems when they are mounted.</summary>
internal static class MountRules
{
    public static void Check(IReadOnlyList<MountSpec> mounts, SpecProblems problems)
    {
        for (int i = 0; i < mounts.Count; i++)
        {
            if (PathText.ProblemOf(mounts[i].Destination) is { } wrong)
            {
                problems.Add($"mounts[{i}].destination", wrong);
                continue;
            }

            if (ProblemOfSource(mounts[i]) is { } what)
            {
                problems.Add($"mounts[{i}]", what);
            }

            if (ProblemOfPlace(mounts[i]) is { } place)
            {
                problems.Add($"mounts[{i}].destination", place);
            }
        }
    }

    private static string? ProblemOfSource(MountSpec mount)
    {
        if (!IsBind(mount))
        {
            return string.IsNullOrEmpty(mount.Type) ? "type is required, but missing; or options must hold \"bind\" or \"rbind\"" : null;
        }

        return PathText.ProblemOf(mount.Source ?? "") is { } wrong ? $"source of a bind mount {wrong}" : null;
    }

    private static string? ProblemOfPlace(MountSpec mount)
    {
        string place = PathText.Clean(mount.Destination);
        return place switch
        {
            "/" => "the root itself is root.path; nothing else is mounted there",
            "/proc" => IsHostsOwn(mount, "proc", place) ? null : "only procfs may be mounted on /proc: what is not procfs there would take what is written for the kernel (CVE-2019-16884)",
            "/sys" => IsHostsOwn(mount, "sysfs", place) || mount.Type == "tmpfs" ? null : "only sysfs or an empty tmpfs may be mounted on /sys",
            _ when place.StartsWith("/proc/", StringComparison.Ordinal) => IsEmulated(place) ? null : "nothing may be mounted below /proc but the few files lxcfs has",
            _ => null,
        };
    }

    /// <summary>A new file system of the type, or the host's own one, bound.</summary>
    private static bool IsHostsOwn(MountSpec mount, string type, string place) =>
        IsBind(mount) ? PathText.Clean(mount.Source ?? "") == place && mount.Source!.StartsWith('/') : mount.Type == type;

    /// <summary>The files below /proc that lxcfs gives a container its own view of; the same list as runc's.</summary>
    private static bool IsEmulated(string place) => place
        is "/proc/cpuinfo" or "/proc/diskstats" or "/proc/meminfo" or "/proc/stat" or "/proc/swaps" or "/proc/uptime"
        or "/proc/loadavg" or "/proc/slabinfo" or "/proc/sys/kernel/ns_last_pid" or "/proc/sys/crypto/fips_enabled";

    public static bool IsBind(MountSpec mount)
    {
        if (mount.Type == "bind")
        {
            return true;
        }

        for (int i = 0; i < mount.Options.Count; i++)
        {
            if (mount.Options[i] is "bind" or "rbind")
            {
                return true;
            }
        }

        return false;
    }
}
