using MiniRun.Linux;

namespace MiniRun.Runtime.Spec.Validation;

/// <summary>How the kernel runs the process: known words, numbers and lists the kernel can read. Source: config.md#linux-process, config-linux.md#personality, #memory-policy.</summary>
internal static class SchedulingRules
{
    private const int LowestIoPriority = 7;

    public static void Check(ProcessSpec process, SpecProblems problems)
    {
        if (process.Scheduler is { } scheduler)
        {
            CheckScheduler(scheduler, problems);
        }

        if (process.IoPriority is { } priority)
        {
            CheckIoPriority(priority, problems);
        }

        CheckList("process.execCPUAffinity.initial", process.ExecCpuAffinity?.Initial, problems);
        CheckList("process.execCPUAffinity.final", process.ExecCpuAffinity?.Final, problems);
    }

    public static void Check(LinuxSpec linux, SpecProblems problems)
    {
        if (linux.Personality is { } personality)
        {
            CheckPersonality(personality, problems);
        }

        if (linux.MemoryPolicy is { } policy)
        {
            CheckMemoryPolicy(policy, problems);
        }
    }

    private static void CheckScheduler(SchedulerSpec scheduler, SpecProblems problems)
    {
        if (SchedulingWords.Policy(scheduler.Policy) is null)
        {
            Unknown("process.scheduler.policy", scheduler.Policy, "SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH, SCHED_ISO, SCHED_IDLE or SCHED_DEADLINE", problems);
        }

        for (int i = 0; i < scheduler.Flags.Count; i++)
        {
            if (SchedulingWords.SchedulerFlag(scheduler.Flags[i]) is null)
            {
                Unknown($"process.scheduler.flags[{i}]", scheduler.Flags[i], "the SCHED_FLAG_ words of sched_setattr(2)", problems);
            }
        }
    }

    private static void CheckIoPriority(IoPrioritySpec priority, SpecProblems problems)
    {
        if (SchedulingWords.IoClass(priority.Class) is null)
        {
            Unknown("process.ioPriority.class", priority.Class, "IOPRIO_CLASS_RT, IOPRIO_CLASS_BE or IOPRIO_CLASS_IDLE", problems);
        }

        if (priority.Priority is < 0 or > LowestIoPriority)
        {
            problems.Add("process.ioPriority.priority", $"expected 0 (highest) to {LowestIoPriority}, found {priority.Priority}");
        }
    }

    private static void CheckPersonality(PersonalitySpec personality, SpecProblems problems)
    {
        if (SchedulingWords.Domain(personality.Domain) is null)
        {
            Unknown("linux.personality.domain", personality.Domain, "LINUX or LINUX32", problems);
        }

        if (personality.Flags.Count > 0)
        {
            problems.Add("linux.personality.flags", "the specification defines none yet: leave them out");
        }
    }

    private static void CheckMemoryPolicy(MemoryPolicySpec policy, SpecProblems problems)
    {
        if (SchedulingWords.MemoryMode(policy.Mode) is null)
        {
            Unknown("linux.memoryPolicy.mode", policy.Mode, "the MPOL_ words of set_mempolicy(2)", problems);
        }

        for (int i = 0; i < policy.Flags.Count; i++)
        {
            if (SchedulingWords.MemoryFlag(policy.Flags[i]) is null)
            {
                Unknown($"linux.memoryPolicy.flags[{i}]", policy.Flags[i], "MPOL_F_NUMA_BALANCING, MPOL_F_RELATIVE_NODES or MPOL_F_STATIC_NODES", problems);
            }
        }

        CheckList("linux.memoryPolicy.nodes", policy.Nodes, problems);
    }

    private static void CheckList(string path, string? list, SpecProblems problems)
    {
        if (!string.IsNullOrEmpty(list) && NumberList.Mask(list) is null)
        {
            problems.Add(path, $"{Shown.Quote(list)} is no list of numbers and ranges, such as 0-3,7");
        }
    }

    private static void Unknown(string path, string word, string known, SpecProblems problems) =>
        problems.Add(path, $"{Shown.Quote(word)} is not known: use {known}");
}
