using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>Resource limits by name (getrlimit(2); the numbers of x86_64 and aarch64).</summary>
public static class ResourceLimits
{
    private static readonly string[] s_names =
    [
        "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_RSS", "RLIMIT_NPROC", "RLIMIT_NOFILE",
        "RLIMIT_MEMLOCK", "RLIMIT_AS", "RLIMIT_LOCKS", "RLIMIT_SIGPENDING", "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_RTTIME",
    ];

    /// <summary>How many kinds there are (RLIM_NLIMITS).</summary>
    public static int Count => s_names.Length;

    /// <summary>A kind's name, "RLIMIT_NOFILE".</summary>
    public static string Name(int resource) => s_names[resource];

    /// <summary>The kind of a name; -1 where there is none of this name.</summary>
    public static int NumberOf(string name) => Array.IndexOf(s_names, name);

    /// <summary>The largest file this process may write, in bytes (RLIMIT_FSIZE); beyond it the kernel sends SIGXFSZ, which kills.</summary>
    public static unsafe ulong LargestFile()
    {
        rlimit limit;
        KernelCall.Check(Libc.getrlimit(Libc.RLIMIT_FSIZE, &limit), "getrlimit", nameof(Libc.RLIMIT_FSIZE));
        return limit.rlim_cur;
    }
}
