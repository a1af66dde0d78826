using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Tests.Containers;

/// <summary>What `update` makes of a container's options, as moby's UpdateContainer does.</summary>
public sealed class LimitChangesTests
{
    private static ByteSize Size(string text) => ByteSize.Parse(text, "-m");

    private static ResourceChoices After(ResourceChoices before, ResourceChoices change, bool liftsPids = false) =>
        new LimitChanges { Resources = change, LiftsPids = liftsPids }.AppliedTo(new RunRequest { Image = "img", Resources = before }).Resources;

    [Fact]
    public void What_is_not_given_or_zero_stays()
    {
        var before = new ResourceChoices { Memory = Size("1g"), CpuShares = 5, PidsLimit = 7, CpusetCpus = "0" };
        Assert.Equal(before, After(before, new() { Memory = Size("0"), MemoryReservation = Size("0") }) with { MemorySwap = null });
        Assert.Equal((9UL, 7L), (After(before, new() { CpuShares = 9 }).CpuShares!.Value, After(before, new() { CpuShares = 9 }).PidsLimit!.Value));
        Assert.Null(After(before, new(), liftsPids: true).PidsLimit);
    }

    [Fact]
    public void Memory_and_swap_together_stay_what_they_were()
    {
        var before = new ResourceChoices { Memory = Size("512m") };
        Assert.Equal(Size("1g"), After(before, new() { Memory = Size("300m") }).MemorySwap);
        Assert.Equal(Size("2g"), After(before, new() { Memory = Size("2g"), MemorySwap = Size("2g") }).MemorySwap);
        Assert.Equal(new ByteSize(-1), After(before with { MemorySwap = new ByteSize(-1) }, new() { Memory = Size("8g") }).MemorySwap);
        Assert.Null(After(new(), new() { Memory = Size("300m") }).MemorySwap); // twice the memory, as of a new container
        Assert.Contains("update the memoryswap at the same time", Assert.Throws<MiniRunException>(() => After(before, new() { Memory = Size("2g") })).Message);
    }

    [Fact]
    public void Cpus_and_a_quota_exclude_each_other()
    {
        CpuCount one = CpuCount.Parse("1", "--cpus");
        Assert.Contains("NanoCPUs cannot be updated", Assert.Throws<MiniRunException>(() => After(new() { CpuQuota = 5000 }, new() { Cpus = one })).Message);
        Assert.Contains("NanoCPUs has already been set", Assert.Throws<MiniRunException>(() => After(new() { Cpus = one }, new() { CpuPeriod = 5000 })).Message);
    }

    [Fact]
    public void A_container_that_goes_with_its_end_is_not_started_again()
    {
        var before = new RunRequest { Image = "img", Life = new LifeChoices { Remove = true } };
        var changes = new LimitChanges { Restart = new RestartPolicy(RestartCondition.Always) };
        Assert.Contains("AutoRemove is enabled", Assert.Throws<MiniRunException>(() => changes.AppliedTo(before)).Message);
        Assert.Equal("always", changes.AppliedTo(before with { Life = new() }).Life.Restart.Name);
    }

    [Fact]
    public void Only_limits_take_a_cgroup()
    {
        Assert.False(new LimitChanges { Restart = new RestartPolicy(RestartCondition.Always) }.Limits);
        Assert.True(new LimitChanges { LiftsPids = true }.Limits);
        Assert.True(new LimitChanges { Resources = new() { MemorySwap = new ByteSize(-1) } }.Limits);
    }

    [Theory]
    [InlineData("c 1:3 rwm", 1L, 3L)]
    [InlineData("a *:* m", null, null)]
    [InlineData("b 8:* rw", 8L, null)]
    public void Device_rules_are_read_and_written_alike(string text, long? major, long? minor)
    {
        DeviceRuleSpec rule = DeviceRuleOption.Parse(text, "--device-cgroup-rule");
        Assert.Equal((major, minor, text), (rule.Major, rule.Minor, DeviceRuleOption.Text(rule)));
    }

    [Theory]
    [InlineData("c 1:3")]
    [InlineData("x 1:3 r")]
    [InlineData("c 1 r")]
    [InlineData("c 1:-3 r")]
    [InlineData("c 1:3 q")]
    [InlineData("c 1:3 rwmr")]
    [InlineData("c 1:99999999999 r")]
    public void Other_device_rules_are_refused(string text) =>
        Assert.Contains("invalid device cgroup format", Assert.Throws<OptionException>(() => DeviceRuleOption.Parse(text, "--device-cgroup-rule")).Message);

    [Theory]
    [InlineData("memory.high")]
    [InlineData("=5")]
    [InlineData("memory.high=")]
    [InlineData("cgroup.procs=1")]
    [InlineData("../memory.high=1")]
    public void Other_cgroup_files_are_refused(string text) => Assert.Throws<OptionException>(() => CgroupFileOption.Parse(text, "--cgroup-conf"));

    [Fact]
    public void A_cgroup_parent_cannot_lead_upwards()
    {
        Assert.Equal("a/b", CgroupParentOption.Parse("a/b", "--cgroup-parent"));
        Assert.Null(CgroupParentOption.Parse("/", "--cgroup-parent"));
        Assert.Throws<OptionException>(() => CgroupParentOption.Parse("/a/../..", "--cgroup-parent"));
    }
}
