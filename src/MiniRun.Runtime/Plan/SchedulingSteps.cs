using System.Buffers.Binary;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>process.scheduler, process.ioPriority, process.execCPUAffinity, linux.personality and linux.memoryPolicy; set while init still has the capabilities some of them need.</summary>
internal static class SchedulingSteps
{
    private const int SchedAttrSize = 48; // SCHED_ATTR_SIZE_VER0
    private const int IoClassShift = 13; // linux/ioprio.h

    public static void OfProcess(List<LaunchStep> steps, ProcessSpec process)
    {
        if (process.Scheduler is { } scheduler)
        {
            steps.Add(new LaunchStep(StepKind.Scheduler) { Blob = Attributes(scheduler), Source = "process.scheduler" });
        }

        if (process.IoPriority is { } priority)
        {
            steps.Add(new LaunchStep(StepKind.IoPriority) { Argument0 = IoPriority(priority), Source = "process.ioPriority" });
        }
    }

    public static void OfContainer(List<LaunchStep> steps, PersonalitySpec? personality, MemoryPolicySpec? policy)
    {
        if (personality is not null)
        {
            steps.Add(new LaunchStep(StepKind.Personality) { Argument0 = Domain(personality), Source = "linux.personality" });
        }

        if (policy is not null)
        {
            steps.Add(new LaunchStep(StepKind.MemoryPolicy)
            {
                Argument0 = Mode(policy),
                Blob = string.IsNullOrEmpty(policy.Nodes) ? default(ReadOnlyMemory<byte>) : NumberList.Mask(policy.Nodes, "linux.memoryPolicy.nodes"),
                Source = "linux.memoryPolicy",
            });
        }
    }

    /// <summary>execCPUAffinity.final. The initial CPUs are those on which a runtime prepares the process outside the container's cgroup; minirun's starts inside it, so there is nothing to bind.</summary>
    public static void OfExec(List<LaunchStep> steps, ExecCpuAffinity? affinity)
    {
        if (affinity is null)
        {
            return;
        }

        if (!string.IsNullOrEmpty(affinity.Initial))
        {
            NumberList.Mask(affinity.Initial, "process.execCPUAffinity.initial");
        }

        if (!string.IsNullOrEmpty(affinity.Final))
        {
            steps.Add(new LaunchStep(StepKind.Affinity) { Blob = NumberList.Mask(affinity.Final, "process.execCPUAffinity.final"), Text0 = affinity.Final, Source = "process.execCPUAffinity.final" });
        }
    }

    /// <summary>struct sched_attr of linux/sched/types.h.</summary>
    private static byte[] Attributes(SchedulerSpec scheduler)
    {
        ulong flags = 0;
        foreach (string flag in scheduler.Flags)
        {
            flags |= SchedulerFlag(flag);
        }

        byte[] attributes = new byte[SchedAttrSize];
        BinaryPrimitives.WriteUInt32LittleEndian(attributes, SchedAttrSize);
        BinaryPrimitives.WriteUInt32LittleEndian(attributes.AsSpan(4), Policy(scheduler.Policy));
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(8), flags);
        BinaryPrimitives.WriteInt32LittleEndian(attributes.AsSpan(16), scheduler.Nice);
        BinaryPrimitives.WriteInt32LittleEndian(attributes.AsSpan(20), scheduler.Priority);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(24), scheduler.Runtime);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(32), scheduler.Deadline);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(40), scheduler.Period);
        return attributes;
    }

    private static uint Policy(string word) => word switch
    {
        "SCHED_OTHER" => 0,
        "SCHED_FIFO" => 1,
        "SCHED_RR" => 2,
        "SCHED_BATCH" => 3,
        "SCHED_ISO" => 4,
        "SCHED_IDLE" => 5,
        "SCHED_DEADLINE" => 6,
        _ => throw Unknown("process.scheduler.policy", word, "SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH, SCHED_ISO, SCHED_IDLE or SCHED_DEADLINE"),
    };

    private static ulong SchedulerFlag(string word) => word switch
    {
        "SCHED_FLAG_RESET_ON_FORK" => 1,
        "SCHED_FLAG_RECLAIM" => 2,
        "SCHED_FLAG_DL_OVERRUN" => 4,
        "SCHED_FLAG_KEEP_POLICY" => 8,
        "SCHED_FLAG_KEEP_PARAMS" => 16,
        "SCHED_FLAG_UTIL_CLAMP_MIN" => 32,
        "SCHED_FLAG_UTIL_CLAMP_MAX" => 64,
        _ => throw Unknown("process.scheduler.flags", word, "the SCHED_FLAG_ words of sched_setattr(2)"),
    };

    private static ulong IoPriority(IoPrioritySpec priority)
    {
        ulong kind = priority.Class switch
        {
            "IOPRIO_CLASS_RT" => 1,
            "IOPRIO_CLASS_BE" => 2,
            "IOPRIO_CLASS_IDLE" => 3,
            _ => throw Unknown("process.ioPriority.class", priority.Class, "IOPRIO_CLASS_RT, IOPRIO_CLASS_BE or IOPRIO_CLASS_IDLE"),
        };
        return priority.Priority is >= 0 and <= 7
            ? (kind << IoClassShift) | (uint)priority.Priority
            : throw new MiniRunException($"process.ioPriority.priority: {priority.Priority}: give 0 (highest) to 7");
    }

    private static ulong Domain(PersonalitySpec personality)
    {
        if (personality.Flags.Count > 0)
        {
            throw new MiniRunException($"linux.personality.flags: '{personality.Flags[0]}': the specification defines none yet: leave them out");
        }

        return personality.Domain switch
        {
            "LINUX" => 0,
            "LINUX32" => 8,
            _ => throw Unknown("linux.personality.domain", personality.Domain, "LINUX or LINUX32"),
        };
    }

    /// <summary>linux/mempolicy.h.</summary>
    private static ulong Mode(MemoryPolicySpec policy)
    {
        ulong mode = policy.Mode switch
        {
            "MPOL_DEFAULT" => 0,
            "MPOL_PREFERRED" => 1,
            "MPOL_BIND" => 2,
            "MPOL_INTERLEAVE" => 3,
            "MPOL_LOCAL" => 4,
            "MPOL_PREFERRED_MANY" => 5,
            "MPOL_WEIGHTED_INTERLEAVE" => 6,
            _ => throw Unknown("linux.memoryPolicy.mode", policy.Mode, "the MPOL_ words of set_mempolicy(2)"),
        };
        foreach (string flag in policy.Flags)
        {
            mode |= flag switch
            {
                "MPOL_F_NUMA_BALANCING" => 1UL << 13,
                "MPOL_F_RELATIVE_NODES" => 1UL << 14,
                "MPOL_F_STATIC_NODES" => 1UL << 15,
                _ => throw Unknown("linux.memoryPolicy.flags", flag, "MPOL_F_NUMA_BALANCING, MPOL_F_RELATIVE_NODES or MPOL_F_STATIC_NODES"),
            };
        }

        return mode;
    }

    private static MiniRunException Unknown(string field, string word, string known) => new($"{field}: '{word}' is not known: use {known}");
}
