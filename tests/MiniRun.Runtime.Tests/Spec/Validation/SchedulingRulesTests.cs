using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class SchedulingRulesTests
{
    [Fact]
    public void Words_and_lists_the_kernel_knows_are_fine()
    {
        Assert.Empty(Problems.OfProcess(process => process with
        {
            Scheduler = new SchedulerSpec { Policy = "SCHED_DEADLINE", Flags = ["SCHED_FLAG_RECLAIM"] },
            IoPriority = new IoPrioritySpec("IOPRIO_CLASS_BE", 7),
            ExecCpuAffinity = new ExecCpuAffinity("", "0-3,7"),
        }));
        Assert.Empty(Problems.OfLinux(linux => linux with
        {
            Personality = new PersonalitySpec("LINUX32", []),
            MemoryPolicy = new MemoryPolicySpec("MPOL_BIND", "0", ["MPOL_F_STATIC_NODES"]),
        }));
    }

    [Fact]
    public void What_is_wrong_with_the_process_is_told_all_at_once() =>
        Assert.Equal(
            [
                "process.scheduler.policy: \"SCHED_NONE\" is not known: use SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH, SCHED_ISO, SCHED_IDLE or SCHED_DEADLINE",
                "process.scheduler.flags[1]: \"RECLAIM\" is not known: use the SCHED_FLAG_ words of sched_setattr(2)",
                "process.ioPriority.class: \"IDLE\" is not known: use IOPRIO_CLASS_RT, IOPRIO_CLASS_BE or IOPRIO_CLASS_IDLE",
                "process.ioPriority.priority: expected 0 (highest) to 7, found 8",
                "process.execCPUAffinity.initial: \"a\" is no list of numbers and ranges, such as 0-3,7",
                "process.execCPUAffinity.final: \"3-1\" is no list of numbers and ranges, such as 0-3,7",
            ],
            Problems.OfProcess(process => process with
            {
                Scheduler = new SchedulerSpec { Policy = "SCHED_NONE", Flags = ["SCHED_FLAG_RECLAIM", "RECLAIM"] },
                IoPriority = new IoPrioritySpec("IDLE", 8),
                ExecCpuAffinity = new ExecCpuAffinity("a", "3-1"),
            }));

    [Fact]
    public void So_is_what_is_wrong_with_the_container() =>
        Assert.Equal(
            [
                "linux.personality.domain: \"BSD\" is not known: use LINUX or LINUX32",
                "linux.personality.flags: the specification defines none yet: leave them out",
                "linux.memoryPolicy.mode: \"MPOL_NONE\" is not known: use the MPOL_ words of set_mempolicy(2)",
                "linux.memoryPolicy.flags[0]: \"STATIC\" is not known: use MPOL_F_NUMA_BALANCING, MPOL_F_RELATIVE_NODES or MPOL_F_STATIC_NODES",
                "linux.memoryPolicy.nodes: \"all\" is no list of numbers and ranges, such as 0-3,7",
            ],
            Problems.OfLinux(linux => linux with
            {
                Personality = new PersonalitySpec("BSD", ["X"]),
                MemoryPolicy = new MemoryPolicySpec("MPOL_NONE", "all", ["STATIC"]),
            }));
}
