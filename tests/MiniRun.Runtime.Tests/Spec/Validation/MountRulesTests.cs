using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class MountRulesTests
{
    private static MountSpec New(string destination, string? type, string? source = null, params string[] options) =>
        new() { Destination = destination, Type = type, Source = source, Options = options };

    [Fact]
    public void A_destination_may_be_relative() => Assert.Empty(Problems.OfMount(New("data", "tmpfs")));

    [Fact]
    public void A_destination_is_not_empty_and_not_the_root()
    {
        Assert.Equal(["mounts[0].destination: must not be empty"], Problems.OfMount(New("", "tmpfs")));
        Assert.Equal(["mounts[0].destination: the root itself is root.path; nothing else is mounted there"], Problems.OfMount(New("/x/..", "tmpfs")));
    }

    [Fact]
    public void A_mount_has_a_type_unless_it_is_a_bind()
    {
        Assert.Equal(["mounts[0]: type is required, but missing; or options must hold \"bind\" or \"rbind\""], Problems.OfMount(New("/a", null, "/b", "ro")));
        Assert.Empty(Problems.OfMount(New("/a", null, "/b", "ro", "rbind")));
        Assert.Empty(Problems.OfMount(New("/a", "none", "/b", "bind")));
    }

    [Fact]
    public void A_bind_has_a_source() => Assert.Equal(["mounts[0]: source of a bind mount must not be empty"], Problems.OfMount(New("/a", "bind")));

    [Theory]
    [InlineData("/proc", "tmpfs", "tmpfs")]
    [InlineData("/proc/", "tmpfs", "tmpfs")]
    [InlineData("//proc/.", "tmpfs", "tmpfs")]
    [InlineData("/x/../proc", "tmpfs", "tmpfs")]
    [InlineData("proc", "tmpfs", "tmpfs")]
    [InlineData("/proc", "bind", "/srv/fake")]
    [InlineData("/proc", "bind", "proc")]
    [InlineData("/proc", "bind", "/proc/self")]
    [InlineData("/proc", "sysfs", "sysfs")]
    public void Nothing_but_procfs_is_mounted_on_proc(string destination, string type, string source) =>
        Assert.StartsWith("mounts[0].destination: only procfs may be mounted on /proc", Assert.Single(Problems.OfMount(New(destination, type, source))), StringComparison.Ordinal);

    [Theory]
    [InlineData("/proc", "proc", "proc")]
    [InlineData("/proc", "bind", "/proc")]
    [InlineData("/procfs", "tmpfs", "tmpfs")]
    [InlineData("/sys", "sysfs", "sysfs")]
    [InlineData("/sys", "bind", "/sys")]
    [InlineData("/sys", "tmpfs", "tmpfs")]
    [InlineData("/sys/fs/cgroup", "cgroup", "cgroup")]
    [InlineData("/sys/firmware", "tmpfs", "tmpfs")]
    public void Procfs_on_proc_and_sysfs_on_sys_are_fine(string destination, string type, string source) =>
        Assert.Empty(Problems.OfMount(New(destination, type, source)));

    [Theory]
    [InlineData("bind", "/srv/fake")]
    [InlineData("proc", "proc")]
    public void Nothing_but_sysfs_is_mounted_on_sys(string type, string source) =>
        Assert.Equal(["mounts[0].destination: only sysfs or an empty tmpfs may be mounted on /sys"], Problems.OfMount(New("/sys", type, source)));

    [Theory]
    [InlineData("/proc/cpuinfo")]
    [InlineData("/proc/diskstats")]
    [InlineData("/proc/meminfo")]
    [InlineData("/proc/stat")]
    [InlineData("/proc/swaps")]
    [InlineData("/proc/uptime")]
    [InlineData("/proc/loadavg")]
    [InlineData("/proc/slabinfo")]
    [InlineData("/proc/sys/kernel/ns_last_pid")]
    [InlineData("/proc/sys/crypto/fips_enabled")]
    public void The_files_lxcfs_has_may_be_mounted_below_proc(string destination) =>
        Assert.Empty(Problems.OfMount(New(destination, "bind", "/var/lib/lxcfs/x")));

    [Theory]
    [InlineData("/proc/self/attr/exec")]
    [InlineData("/proc/sys")]
    [InlineData("/proc/cpuinfo/../sys/kernel")]
    [InlineData("/proc/meminfo/x")]
    public void Nothing_else_is_mounted_below_proc(string destination) =>
        Assert.Equal(["mounts[0].destination: nothing may be mounted below /proc but the few files lxcfs has"], Problems.OfMount(New(destination, "bind", "/srv/x")));

    [Fact]
    public void The_problem_tells_which_mount() =>
        Assert.Equal(["mounts[1].destination: must not be empty"], Problems.Of(spec => spec with { Mounts = [New("/a", "tmpfs"), New("", "tmpfs")] }));
}
