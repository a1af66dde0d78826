using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Plan;

/// <summary>What the plan cannot do is refused, never left out.</summary>
public class PlanRefusalTests
{
    [Fact]
    public void A_capability_the_launcher_lacks_is_named()
    {
        HostFacts host = Plans.RootHost with { Bounding = CapabilitySet.All.Except(CapabilitySet.Of(Capability.CAP_KILL)) };

        MiniRunException failure = Assert.Throws<MiniRunException>(() => LaunchPlanBuilder.Build(Plans.Request(Plans.OciSpec), host));
        Assert.Contains("CAP_KILL", failure.Message);
        Assert.Contains("process.capabilities", failure.Message);
    }

    [Fact]
    public void A_label_of_a_security_module_that_the_host_does_not_run_is_named()
    {
        RuntimeSpec[] asking =
        [
            Plans.OciSpec.WithProcess(process => process with { ApparmorProfile = "strict" }),
            Plans.OciSpec.WithProcess(process => process with { SelinuxLabel = "u:r:t:s0" }),
            Plans.OciSpec.WithLinux(linux => linux with { MountLabel = "u:r:t:s0" }),
        ];
        Assert.Equal(
            ["process.apparmorProfile 'strict': AppArmor", "process.selinuxLabel 'u:r:t:s0': SELinux", "linux.mountLabel 'u:r:t:s0': SELinux"],
            asking.Select(spec => Assert.Throws<MiniRunException>(() => Plans.Build(spec)).Message.Split(" is not enabled on this host")[0]));
    }

    [Fact]
    public void A_limit_without_a_cgroup_is_named()
    {
        RuntimeSpec spec = Plans.OciSpec.WithLinux(linux => linux with { Resources = new ResourcesSpec { Memory = new MemorySpec { Limit = 1 << 20 } } });

        MiniRunException failure = Assert.Throws<MiniRunException>(() => LaunchPlanBuilder.Build(Plans.Request(spec) with { CgroupPath = null }, Plans.RootHost));
        Assert.Contains("memory.max", failure.Message);
    }

    [Fact]
    public void Without_privilege_and_user_namespace_there_is_no_container()
    {
        MiniRunException failure = Assert.Throws<MiniRunException>(() => LaunchPlanBuilder.Build(Plans.Request(Plans.OciSpec) with { CgroupPath = null }, Plans.UserHost));

        Assert.Contains("user namespace", failure.Message);
    }

    [Fact]
    public void Groups_are_refused_where_setgroups_is_denied()
    {
        IdMapping[] mapping = [new(0, 1000, 1)];
        RuntimeSpec spec = Plans.OciSpec.WithLinux(linux => linux with
        {
            Namespaces = [.. linux.Namespaces, new NamespaceSpec(NamespaceType.User, null)],
            UidMappings = mapping,
            GidMappings = mapping,
        }).WithProcess(process => process with { User = new UserSpec { AdditionalGids = [5] } });

        MiniRunException failure = Assert.Throws<MiniRunException>(() => LaunchPlanBuilder.Build(Plans.Request(spec) with { CgroupPath = null }, Plans.UserHost));
        Assert.Contains("process.user.additionalGids", failure.Message);
    }

    [Fact]
    public void A_remount_of_what_is_not_mounted_is_refused() => Assert.Contains("remount", MountFailure(new() { Destination = "/x", Type = "none", Options = ["remount", "ro"] }));

    [Fact]
    public void A_bind_mount_takes_no_data() => Assert.Contains("size=1m", MountFailure(new() { Destination = "/x", Type = "bind", Source = "/y", Options = ["size=1m"] }));

    private static string MountFailure(MountSpec mount) =>
        Assert.Throws<MiniRunException>(() => Plans.Build(Plans.OciSpec with { Mounts = [.. Plans.OciSpec.Mounts, mount] })).Message;
}
