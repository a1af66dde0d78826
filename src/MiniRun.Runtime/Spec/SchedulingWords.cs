namespace MiniRun.Runtime.Spec;

/// <summary>The words of process.scheduler, process.ioPriority, linux.personality and linux.memoryPolicy, and the kernel's numbers for them; null for any other word.</summary>
internal static class SchedulingWords
{
    /// <summary>linux/sched.h.</summary>
    public static uint? Policy(string word) => word switch
    {
        "SCHED_OTHER" => 0,
        "SCHED_FIFO" => 1,
        "SCHED_RR" => 2,
        "SCHED_BATCH" => 3,
        "SCHED_ISO" => 4,
        "SCHED_IDLE" => 5,
        "SCHED_DEADLINE" => 6,
        _ => null,
    };

    /// <summary>linux/sched.h.</summary>
    public static ulong? SchedulerFlag(string word) => word switch
    {
        "SCHED_FLAG_RESET_ON_FORK" => 1,
        "SCHED_FLAG_RECLAIM" => 2,
        "SCHED_FLAG_DL_OVERRUN" => 4,
        "SCHED_FLAG_KEEP_POLICY" => 8,
        "SCHED_FLAG_KEEP_PARAMS" => 16,
        "SCHED_FLAG_UTIL_CLAMP_MIN" => 32,
        "SCHED_FLAG_UTIL_CLAMP_MAX" => 64,
        _ => null,
    };

    /// <summary>linux/ioprio.h.</summary>
    public static ulong? IoClass(string word) => word switch
    {
        "IOPRIO_CLASS_RT" => 1,
        "IOPRIO_CLASS_BE" => 2,
        "IOPRIO_CLASS_IDLE" => 3,
        _ => null,
    };

    /// <summary>linux/personality.h.</summary>
    public static ulong? Domain(string word) => word switch
    {
        "LINUX" => 0,
        "LINUX32" => 8,
        _ => null,
    };

    /// <summary>linux/mempolicy.h.</summary>
    public static ulong? MemoryMode(string word) => word switch
    {
        "MPOL_DEFAULT" => 0,
        "MPOL_PREFERRED" => 1,
        "MPOL_BIND" => 2,
        "MPOL_INTERLEAVE" => 3,
        "MPOL_LOCAL" => 4,
        "MPOL_PREFERRED_MANY" => 5,
        "MPOL_WEIGHTED_INTERLEAVE" => 6,
        _ => null,
    };

    /// <summary>linux/mempolicy.h.</summary>
    public static ulong? MemoryFlag(string word) => word switch
    {
        "MPOL_F_NUMA_BALANCING" => 1UL << 13,
        "MPOL_F_RELATIVE_NODES" => 1UL << 14,
        "MPOL_F_STATIC_NODES" => 1UL << 15,
        _ => null,
    };
}
