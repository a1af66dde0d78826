using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>How many descriptors this process may have open (RLIMIT_NOFILE).</summary>
/// <param name="Soft">The limit in force.</param>
/// <param name="Hard">What it may be raised to.</param>
public readonly record struct DescriptorLimit(ulong Soft, ulong Hard)
{
    /// <summary>This process's.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe DescriptorLimit Own()
    {
        rlimit limit;
        KernelCall.Check(Libc.getrlimit(Libc.RLIMIT_NOFILE, &limit), "getrlimit", nameof(Libc.RLIMIT_NOFILE));
        return new DescriptorLimit(limit.rlim_cur, limit.rlim_max);
    }

    /// <summary>Raises this process's to the most it may have. Its children inherit that.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe void SetOwnToMost()
    {
        ulong most = Own().Hard;
        rlimit limit = new() { rlim_cur = most, rlim_max = most };
        KernelCall.Check(Libc.setrlimit(Libc.RLIMIT_NOFILE, &limit), "setrlimit", nameof(Libc.RLIMIT_NOFILE));
    }
}
