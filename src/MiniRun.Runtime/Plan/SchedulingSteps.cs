using System.Buffers.Binary;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>process.scheduler, process.ioPriority, process.execCPUAffinity, linux.personality and linux.memoryPolicy; set while init still has the capabilities some of them need. Their words and lists are known to be good: the validator has seen them.</summary>
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
            steps.Add(new LaunchStep(StepKind.Personality) { Argument0 = SchedulingWords.Domain(personality.Domain)!.Value, Source = "linux.personality" });
        }

        if (policy is not null)
        {
            steps.Add(new LaunchStep(StepKind.MemoryPolicy)
            {
                Argument0 = Mode(policy),
                Blob = string.IsNullOrEmpty(policy.Nodes) ? default(ReadOnlyMemory<byte>) : NumberList.Mask(policy.Nodes),
                Source = "linux.memoryPolicy",
            });
        }
    }

    /// <summary>execCPUAffinity.final. The initial CPUs are those on which a runtime prepares the process outside the container's cgroup; minirun's starts inside it, so there is nothing to bind.</summary>
    public static void OfExec(List<LaunchStep> steps, ExecCpuAffinity? affinity)
    {
        if (!string.IsNullOrEmpty(affinity?.Final))
        {
            steps.Add(new LaunchStep(StepKind.Affinity) { Blob = NumberList.Mask(affinity.Final), Text0 = affinity.Final, Source = "process.execCPUAffinity.final" });
        }
    }

    /// <summary>struct sched_attr of linux/sched/types.h.</summary>
    private static byte[] Attributes(SchedulerSpec scheduler)
    {
        ulong flags = 0;
        foreach (string flag in scheduler.Flags)
        {
            flags |= SchedulingWords.SchedulerFlag(flag)!.Value;
        }

        byte[] attributes = new byte[SchedAttrSize];
        BinaryPrimitives.WriteUInt32LittleEndian(attributes, SchedAttrSize);
        BinaryPrimitives.WriteUInt32LittleEndian(attributes.AsSpan(4), SchedulingWords.Policy(scheduler.Policy)!.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(8), flags);
        BinaryPrimitives.WriteInt32LittleEndian(attributes.AsSpan(16), scheduler.Nice);
        BinaryPrimitives.WriteInt32LittleEndian(attributes.AsSpan(20), scheduler.Priority);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(24), scheduler.Runtime);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(32), scheduler.Deadline);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(40), scheduler.Period);
        return attributes;
    }

    private static ulong IoPriority(IoPrioritySpec priority) => (SchedulingWords.IoClass(priority.Class)!.Value << IoClassShift) | (uint)priority.Priority;

    private static ulong Mode(MemoryPolicySpec policy)
    {
        ulong mode = SchedulingWords.MemoryMode(policy.Mode)!.Value;
        foreach (string flag in policy.Flags)
        {
            mode |= SchedulingWords.MemoryFlag(flag)!.Value;
        }

        return mode;
    }
}
