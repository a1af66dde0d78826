using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

/// <summary>What is read and not carried out yet is refused by name, never left out silently.</summary>
public sealed class NotYetSupportedTests
{
    private static readonly HookSpec[] Hook = [new("/bin/true", [], [], null)];

    private static void Refused(string field, IReadOnlyList<string> problems) => Assert.Equal([$"not supported yet: {field}"], problems);

    [Fact]
    public void Hooks_of_each_kind()
    {
        Refused("hooks.prestart", Problems.Of(spec => spec with { Hooks = new HooksSpec { Prestart = Hook } }));
        Refused("hooks.createRuntime", Problems.Of(spec => spec with { Hooks = new HooksSpec { CreateRuntime = Hook } }));
        Refused("hooks.createContainer", Problems.Of(spec => spec with { Hooks = new HooksSpec { CreateContainer = Hook } }));
        Refused("hooks.startContainer", Problems.Of(spec => spec with { Hooks = new HooksSpec { StartContainer = Hook } }));
        Refused("hooks.poststart", Problems.Of(spec => spec with { Hooks = new HooksSpec { Poststart = Hook } }));
        Refused("hooks.poststop", Problems.Of(spec => spec with { Hooks = new HooksSpec { Poststop = Hook } }));
    }

    [Fact]
    public void A_hook_has_an_absolute_path_and_some_time()
    {
        IReadOnlyList<string> problems = Problems.Of(spec => spec with { Hooks = new HooksSpec { Poststop = [new("true", [], [], 0)] } });
        Assert.Equal(["hooks.poststop[0].path: \"true\" is not an absolute path", "hooks.poststop[0].timeout: must be more than 0 seconds", "not supported yet: hooks.poststop"], problems);
    }

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
