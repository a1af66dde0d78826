using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Users;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Tests.Bundles;

public sealed class LinuxBundleTests
{
    private static RunRequest With(NamespaceChoices namespaces) => Given.Request with { Namespaces = namespaces };

    private static IEnumerable<NamespaceType> Types(RuntimeSpec spec) => spec.Linux.Namespaces.Select(entry => entry.Type);

    [Fact]
    public void A_container_has_namespaces_of_its_own_but_for_users() =>
        Assert.Equal(
            [NamespaceType.Mount, NamespaceType.Cgroup, NamespaceType.Uts, NamespaceType.Ipc, NamespaceType.Pid, NamespaceType.Network],
            Types(Given.Spec(Given.Request)));

    [Fact]
    public void Each_can_be_the_hosts_except_that_of_mounts()
    {
        NamespaceChoices host = new()
        {
            Cgroup = NamespaceChoice.Host,
            Uts = NamespaceChoice.Host,
            Ipc = NamespaceChoice.Host,
            Pid = NamespaceChoice.Host,
            Network = NamespaceChoice.Host,
            User = NamespaceChoice.Host,
        };
        Assert.Equal([NamespaceType.Mount], Types(Given.Spec(With(host))));
    }

    [Fact]
    public void A_network_of_its_own_opens_low_ports_and_ping_to_everyone()
    {
        IReadOnlyDictionary<string, string> sysctls = Given.Spec(Given.Request).Linux.Sysctl;
        Assert.Equal("0", sysctls["net.ipv4.ip_unprivileged_port_start"]);
        Assert.Equal("0 2147483647", sysctls["net.ipv4.ping_group_range"]);
        Assert.Empty(Given.Spec(With(new() { Network = NamespaceChoice.Host })).Linux.Sysctl);
        Assert.NotEmpty(Given.Spec(With(new() { Network = NamespaceChoice.None })).Linux.Sysctl);
    }

    [Fact]
    public void A_sysctl_of_the_users_wins() =>
        Assert.Equal("1024", Given.Spec(With(new() { Sysctls = [new("net.ipv4.ip_unprivileged_port_start", "1024")] })).Linux.Sysctl["net.ipv4.ip_unprivileged_port_start"]);

    [Fact]
    public void Private_users_map_root_to_an_unprivileged_range()
    {
        RuntimeSpec spec = Given.Spec(With(new() { User = NamespaceChoice.Private }));
        Assert.Contains(NamespaceType.User, Types(spec));
        Assert.Equal([new IdMapping(0, 100_000, 65_536)], spec.Linux.UidMappings);
        Assert.Equal([new IdMapping(0, 100_000, 65_536)], spec.Linux.GidMappings);
        Assert.DoesNotContain("net.ipv4.ping_group_range", spec.Linux.Sysctl.Keys);
    }

    [Fact]
    public void The_range_of_etc_subuid_is_taken_where_there_is_one()
    {
        CallerFacts caller = Given.Root with { SubordinateUids = new SubordinateRange(200_000, 1_000), SubordinateGids = new SubordinateRange(300_000, 2_000) };
        RuntimeSpec spec = Given.Spec(With(new() { User = NamespaceChoice.Private }), caller);
        Assert.Equal([new IdMapping(0, 200_000, 1_000)], spec.Linux.UidMappings);
        Assert.Equal([new IdMapping(0, 300_000, 2_000)], spec.Linux.GidMappings);
    }

    [Fact]
    public void A_caller_who_is_not_root_becomes_root_inside()
    {
        RuntimeSpec spec = Given.Spec(Given.Request, Given.User);
        Assert.Equal([new IdMapping(0, 1000, 1)], spec.Linux.UidMappings);
        Assert.Contains(NamespaceType.User, Types(spec));
        CallerFacts withRange = Given.User with { SubordinateUids = new SubordinateRange(100_000, 65_536), SubordinateGids = new SubordinateRange(100_000, 65_536) };
        Assert.Equal([new IdMapping(0, 1000, 1), new IdMapping(1, 100_000, 65_536)], Given.Spec(Given.Request, withRange).Linux.UidMappings);
    }

    [Fact]
    public void Ids_that_do_not_exist_inside_are_refused_with_the_remedy()
    {
        MiniRunException refused = Assert.Throws<MiniRunException>(() => Given.Spec(Given.Request, Given.User, new UserSpec { Uid = 1000, Gid = 0 }));
        Assert.Contains("user 1000 does not exist", refused.Message);
        Assert.Contains("/etc/subuid", refused.Message);
    }

    [Fact]
    public void Groups_are_left_out_where_setgroups_is_denied_unless_asked_for()
    {
        var user = new UserSpec { AdditionalGids = [0] };
        Assert.Empty(Given.Spec(Given.Request, Given.User, user).Process!.User.AdditionalGids);
        RunRequest asked = Given.Request with { Process = new() { AdditionalGroups = ["0"] } };
        Assert.Equal([0u], Given.Spec(asked, Given.User, user).Process!.User.AdditionalGids);
        Assert.Equal([0u], Given.Spec(Given.Request, Given.Root, user).Process!.User.AdditionalGids);
    }

    [Fact]
    public void Only_root_can_share_the_hosts_users() =>
        Assert.Contains("--userns host", Assert.Throws<MiniRunException>(() => Given.Spec(With(new() { User = NamespaceChoice.Host }), Given.User)).Message);

    [Fact]
    public void The_hostname_is_the_short_id_the_option_or_the_hosts()
    {
        Assert.Equal("0123456789ab", Given.Spec(Given.Request).Hostname);
        Assert.Equal("web", Given.Spec(With(new() { Hostname = "web", Domainname = "example" })).Hostname);
        Assert.Equal("host", Given.Spec(With(new() { Network = NamespaceChoice.Host })).Hostname);
        RuntimeSpec shared = Given.Spec(With(new() { Uts = NamespaceChoice.Host }));
        Assert.Null(shared.Hostname);
        Assert.Contains("HOSTNAME=host", shared.Process!.Env);
    }

    [Fact]
    public void A_name_for_the_host_itself_is_refused()
    {
        Assert.Contains("conflicting options", Assert.Throws<MiniRunException>(() => Given.Spec(With(new() { Uts = NamespaceChoice.Host, Hostname = "x" }))).Message);
        Assert.Contains("conflicting options", Assert.Throws<MiniRunException>(() => Given.Spec(With(new() { Uts = NamespaceChoice.Host, Domainname = "x" }))).Message);
    }

    [Fact]
    public void Sensitive_paths_are_masked_or_read_only_unless_unconfined()
    {
        LinuxSpec plain = Given.Spec(Given.Request).Linux;
        Assert.Contains("/proc/kcore", plain.MaskedPaths);
        Assert.Contains("/proc/sys", plain.ReadonlyPaths);
        foreach (PrivilegeChoices open in (PrivilegeChoices[])[new() { Privileged = true }, new() { Security = new() { SystemPathsUnconfined = true } }])
        {
            LinuxSpec spec = Given.Spec(Given.Request with { Privilege = open }).Linux;
            Assert.Empty(spec.MaskedPaths);
            Assert.Empty(spec.ReadonlyPaths);
        }
    }

    [Fact]
    public void Device_rules_refuse_all_first_and_privileged_allows_all()
    {
        IReadOnlyList<DeviceRuleSpec> rules = Given.Spec(Given.Request).Linux.Resources.Devices;
        Assert.Equal(new DeviceRuleSpec(false, 'a', null, null, "rwm"), rules[0]);
        Assert.DoesNotContain(rules, rule => rule is { Allow: true, Major: null } && rule.Access != "m");
        Assert.Equal([new DeviceRuleSpec(true, 'a', null, null, "rwm")], Given.Spec(Given.Request with { Privilege = new() { Privileged = true } }).Linux.Resources.Devices);
    }

    [Fact]
    public void A_granted_device_is_made_and_allowed_as_far_as_asked()
    {
        var node = new DeviceSpec { Type = 'c', Path = "/dev/fuse", Major = 10, Minor = 229 };
        BundleInputs inputs = Given.Inputs(Given.Request) with { Devices = [new GrantedDevice(node, "rw", "--device /dev/fuse:rw")] };
        Bundle bundle = BundleBuilder.Build(inputs);
        Assert.Equal([node], bundle.Spec.Linux.Devices);
        Assert.Equal(new DeviceRuleSpec(true, 'c', 10, 229, "rw"), bundle.Spec.Linux.Resources.Devices[^1]);
        Assert.Equal("--device /dev/fuse:rw", bundle.Origins.Of("linux.devices", 0));
    }
}
