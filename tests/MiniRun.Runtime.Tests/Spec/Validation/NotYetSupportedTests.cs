using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

/// <summary>What is read and not carried out yet is refused by name, never left out silently.</summary>
public sealed class NotYetSupportedTests
{
    private static void Refused(string field, IReadOnlyList<string> problems) => Assert.Equal([$"not supported yet: {field}"], problems);

    [Fact]
    public void Rare_sections_of_linux()
    {
        Refused("linux.intelRdt", Problems.OfLinux(linux => linux with { IntelRdt = new IntelRdtSpec() }));
        Refused("linux.memoryPolicy", Problems.OfLinux(linux => linux with { MemoryPolicy = new MemoryPolicySpec("MPOL_BIND", null, []) }));
        Refused("linux.personality", Problems.OfLinux(linux => linux with { Personality = new PersonalitySpec("LINUX32", []) }));
        Refused("linux.mountLabel", Problems.OfLinux(linux => linux with { MountLabel = "label" }));
    }

    [Fact]
    public void Labels_and_scheduling_of_the_process()
    {
        Refused("process.apparmorProfile", Problems.OfProcess(process => process with { ApparmorProfile = "docker-default" }));
        Refused("process.selinuxLabel", Problems.OfProcess(process => process with { SelinuxLabel = "label" }));
        Refused("process.scheduler", Problems.OfProcess(process => process with { Scheduler = new SchedulerSpec { Policy = "SCHED_FIFO" } }));
        Refused("process.ioPriority", Problems.OfProcess(process => process with { IoPriority = new IoPrioritySpec("IOPRIO_CLASS_RT", 0) }));
        Refused("process.execCPUAffinity", Problems.OfProcess(process => process with { ExecCpuAffinity = new ExecCpuAffinity("0", null) }));
    }
}
