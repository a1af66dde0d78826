using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Plan;

public class MountPlanTests
{
    [Fact]
    public void The_hosts_cgroups_are_never_writable_in_a_user_namespace_without_cgroup_namespace()
    {
        RuntimeSpec spec = Plans.OciSpec.WithLinux(linux => linux with { Namespaces = Plans.Namespaces(NamespaceType.Mount) }) with
        {
            Mounts = [new() { Destination = "/sys/fs/cgroup", Type = "cgroup", Options = ["rw"] }],
        };
        LaunchPlan plan = LaunchPlanBuilder.Build(Plans.Request(spec) with { CgroupPath = null }, Plans.RootHost with { InUserNamespace = true });

        LaunchStep[] changes = Changes(plan, "/sys/fs/cgroup");
        Assert.Contains(changes, step => (step.Argument0 & MountFlags.MOUNT_ATTR_RDONLY) != 0 && step.Argument3 == 1);
        Assert.DoesNotContain(changes, step => (step.Argument1 & MountFlags.MOUNT_ATTR_RDONLY) != 0);
    }

    [Fact]
    public void Where_no_cgroups_can_be_shown_an_empty_folder_that_cannot_be_written_keeps_the_place()
    {
        RuntimeSpec spec = Plans.OciSpec.WithLinux(linux => linux with { Namespaces = Plans.Namespaces(NamespaceType.Mount) });
        HostFacts host = Plans.RootHost with { InUserNamespace = true, Cgroup = null };
        LaunchPlan plan = LaunchPlanBuilder.Build(Plans.Request(spec) with { CgroupPath = null }, host);

        LaunchStep mount = plan.Steps.Single(step => step.Kind == StepKind.NewMount && step.SourceIndex == 6);
        Assert.Equal(("tmpfs", MountFlags.MOUNT_ATTR_RDONLY), (mount.Text0, mount.Argument0 & MountFlags.MOUNT_ATTR_RDONLY));
    }

    [Fact]
    public void A_read_only_bind_of_sys_is_read_only_all_the_way_down()
    {
        LaunchPlan plan = WithMount(new() { Destination = "/sys", Type = "none", Source = "/sys", Options = ["rbind", "nosuid", "ro"] });

        Assert.Contains(Changes(plan, "/sys"), step => step.Argument0 == MountFlags.MOUNT_ATTR_RDONLY && step.Argument3 == 1);
    }

    [Theory]
    [InlineData("/proc")]
    [InlineData("/sys")]
    public void No_symlink_redirects_proc_or_sys(string destination)
    {
        LaunchStep attach = Plans.Build(Plans.OciSpec).Steps.Single(step => step.Kind == StepKind.Attach && step.Text0 == destination);

        Assert.Equal((ushort)AttachFlags.NoSymlinks, attach.Flags);
    }

    [Fact]
    public void A_bind_mount_of_dev_keeps_the_hosts_nodes_and_links()
    {
        LaunchPlan plan = WithMount(new() { Destination = "/dev", Type = "bind", Source = "/dev", Options = ["rbind"] });

        Assert.DoesNotContain(plan.Steps, step => step.Kind is StepKind.MakeNode or StepKind.MakeSymlink);
    }

    [Fact]
    public void A_device_of_the_spec_replaces_the_default_of_its_path()
    {
        LaunchPlan plan = Plans.Build(Plans.OciSpec.WithLinux(linux => linux with { Devices = [new() { Type = 'c', Path = "/dev/null", Major = 1, Minor = 3, FileMode = 0x2180 }] }));

        LaunchStep node = plan.Steps.Single(step => step.Kind == StepKind.MakeNode && step.Text0 == "/dev/null");
        Assert.Equal(0x2180ul, node.Argument0);
        Assert.Equal("linux.devices", node.Source);
    }

    [Theory]
    [InlineData(100000u, 5u, false)]
    [InlineData(100000u, 65536u, true)]
    public void Devpts_keeps_its_group_only_where_the_user_namespace_maps_it(uint host, uint size, bool kept)
    {
        IdMapping[] mapping = [new(0, host, size)];
        LaunchPlan plan = Plans.Build(Plans.OciSpec.WithLinux(linux => linux with
        {
            Namespaces = [.. linux.Namespaces, new NamespaceSpec(NamespaceType.User, null)],
            UidMappings = mapping,
            GidMappings = mapping,
        }));

        LaunchStep devpts = plan.Steps.Single(step => step.Kind == StepKind.NewMount && step.Text0 == "devpts");
        Assert.Equal(kept, System.Text.Encoding.UTF8.GetString(devpts.Blob.Span).Contains("gid=5\0", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_of_two_opposite_options_wins()
    {
        LaunchPlan plan = WithMount(new() { Destination = "/x", Type = "bind", Source = "/y", Options = ["bind", "ro", "rw", "noexec"] });

        LaunchStep change = Assert.Single(Changes(plan, "/x"));
        Assert.Equal((MountFlags.MOUNT_ATTR_NOEXEC, 0ul), (change.Argument0, change.Argument1));
    }

    [Fact]
    public void A_writable_bind_mount_takes_one_call_and_unlocks_nothing()
    {
        LaunchPlan plan = WithMount(new() { Destination = "/x", Type = "bind", Source = "/y", Options = ["rbind", "rprivate", "rw"] });

        LaunchStep change = Assert.Single(Changes(plan, "/x"));
        Assert.Equal((0ul, 0ul, MountFlags.MS_PRIVATE, 1ul), (change.Argument0, change.Argument1, change.Argument2, change.Argument3));
    }

    [Fact]
    public void An_access_time_option_clears_the_whole_setting_as_the_kernel_demands()
    {
        LaunchPlan plan = WithMount(new() { Destination = "/x", Type = "bind", Source = "/y", Options = ["rbind", "noatime", "rro"] });

        LaunchStep change = Changes(plan, "/x").Single(step => (step.Argument0 & MountFlags.MOUNT_ATTR_NOATIME) != 0);
        Assert.Equal(MountFlags.MOUNT_ATTR__ATIME, change.Argument1);
    }

    private static LaunchPlan WithMount(MountSpec mount) => Plans.Build(Plans.OciSpec with { Mounts = [mount] });

    private static LaunchStep[] Changes(LaunchPlan plan, string destination) =>
        [.. plan.Steps.Where(step => step.Kind == StepKind.MountAttributes && step.Text0 == destination)];
}
