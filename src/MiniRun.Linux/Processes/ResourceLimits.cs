using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>Resource limits by name (getrlimit(2); the numbers of x86_64 and aarch64).</summary>
public static class ResourceLimits
{
    /// <summary>RLIM_INFINITY: no limit.</summary>
    public const ulong Unlimited = ulong.MaxValue;

    /// <summary>How many kinds there are (RLIM_NLIMITS).</summary>
    public const int Count = 16;

    /// <summary>Finds a kind's number by name: with or without "RLIMIT_", in any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out int resource)
    {
        if (name.StartsWith("RLIMIT_", StringComparison.OrdinalIgnoreCase))
        {
            name = name[7..];
        }

        for (resource = 0; resource < Count; resource++)
        {
            if (name.Equals(Name(resource), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        resource = -1;
        return false;
    }

    /// <summary>A kind's name without "RLIMIT_".</summary>
    public static string Name(int resource) => resource switch
    {
        0 => "CPU",
        1 => "FSIZE",
        2 => "DATA",
        3 => "STACK",
        4 => "CORE",
        5 => "RSS",
        6 => "NPROC",
        7 => "NOFILE",
        8 => "MEMLOCK",
        9 => "AS",
        10 => "LOCKS",
        11 => "SIGPENDING",
        12 => "MSGQUEUE",
        13 => "NICE",
        14 => "RTPRIO",
        15 => "RTTIME",
        _ => "?",
    };

    /// <summary>This process's soft and hard limit of a kind.</summary>
    /// <exception cref="SyscallException">EINVAL: no such kind.</exception>
    public static unsafe (ulong Soft, ulong Hard) Current(int resource)
    {
        rlimit64 limit;
        nint result = Libc.prlimit64(0, resource, null, &limit);
        KernelCall.Check(result, "prlimit", "RLIMIT_" + Name(resource));
        return (limit.rlim_cur, limit.rlim_max);
    }
}
