using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class NamespaceRulesTests
{
    [Fact]
    public void A_type_is_given_once() =>
        Assert.Equal(["linux.namespaces[6]: a second pid namespace"], Problems.OfLinux(linux => Problems.Namespaces(linux, [], new NamespaceSpec(NamespaceType.Pid, "/proc/1/ns/pid"))));

    [Fact]
    public void A_path_is_absolute() =>
        Assert.Equal(
            ["linux.namespaces[5].path: \"ns/ipc\" is not an absolute path"],
            Problems.OfLinux(linux => Problems.Namespaces(linux, [NamespaceType.Ipc], new NamespaceSpec(NamespaceType.Ipc, "ns/ipc"))));

    [Fact]
    public void A_mount_namespace_is_required_new_or_joined()
    {
        Assert.Equal(
            ["linux.namespaces: a mount namespace is required: without one the host's root would be changed"],
            Problems.OfLinux(linux => Problems.Namespaces(linux, [NamespaceType.Mount])));
        Assert.Empty(Problems.OfLinux(linux => Problems.Namespaces(linux, [NamespaceType.Mount], new NamespaceSpec(NamespaceType.Mount, "/run/ns"))));
    }

    [Fact]
    public void Time_offsets_need_a_new_time_namespace()
    {
        Dictionary<string, TimeOffset> offsets = new() { ["monotonic"] = new(1, 0), ["boottime"] = new(-1, 999_999_999) };
        const string Problem = "linux.timeOffsets: needs a new time namespace in linux.namespaces; the offsets of one in use cannot be set";
        Assert.Equal([Problem], Problems.OfLinux(linux => linux with { TimeOffsets = offsets }));
        Assert.Equal([Problem], Problems.OfLinux(linux => Problems.Namespaces(linux, [], new NamespaceSpec(NamespaceType.Time, "/run/ns")) with { TimeOffsets = offsets }));
        Assert.Empty(Problems.OfLinux(linux => Problems.Namespaces(linux, [], new NamespaceSpec(NamespaceType.Time, null)) with { TimeOffsets = offsets }));
    }

    [Fact]
    public void Only_two_clocks_have_offsets_and_nanoseconds_stay_below_a_second()
    {
        Dictionary<string, TimeOffset> offsets = new() { ["realtime"] = new(1, 0), ["boottime"] = new(0, 1_000_000_000) };
        Assert.Equal(
            [
                "linux.timeOffsets: \"realtime\" is not a clock that can be set; these are monotonic and boottime",
                "linux.timeOffsets.boottime.nanosecs: must be below 1000000000",
            ],
            Problems.OfLinux(linux => Problems.Namespaces(linux, [], new NamespaceSpec(NamespaceType.Time, null)) with { TimeOffsets = offsets }));
    }
}
