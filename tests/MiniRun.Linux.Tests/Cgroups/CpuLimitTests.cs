using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Tests.Cgroups;

public sealed class CpuLimitTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(1024, 39)]
    [InlineData(262144, 10000)]
    [InlineData(1, 1)]
    [InlineData(300000, 10000)]
    public void Shares_become_the_weight_runc_and_kubernetes_give(ulong shares, ulong weight)
        => Assert.Equal([new("cpu.weight", weight.ToString())], CpuController.Translate(new() { Shares = shares }));

    [Fact]
    public void Zero_shares_quota_and_period_are_unset()
        => Assert.Empty(CpuController.Translate(new() { Shares = 0, Quota = 0, Period = 0, RealtimeRuntime = 0, RealtimePeriod = 0 }));

    [Fact]
    public void Quota_and_period_are_one_write()
        => Assert.Equal([new("cpu.max", "50000 100000")], CpuController.Translate(new() { Quota = 50000, Period = 100000 }));

    [Fact]
    public void A_quota_alone_keeps_the_kernels_period()
        => Assert.Equal([new("cpu.max", "50000")], CpuController.Translate(new() { Quota = 50000 }));

    [Fact]
    public void A_negative_quota_is_no_limit()
        => Assert.Equal([new("cpu.max", "max 100000")], CpuController.Translate(new() { Quota = -1, Period = 100000 }));

    [Fact]
    public void Weight_comes_before_idle_and_the_quota_before_its_burst()
        => Assert.Equal(
            ["cpu.weight", "cpu.idle", "cpu.max", "cpu.max.burst"],
            CpuController.Translate(new() { Burst = 1000, Quota = 2000, Idle = 1, Shares = 100 }).Select(write => write.File));

    [Fact]
    public void Realtime_limits_are_refused_by_name()
        => Assert.Contains("cpu.realtimeRuntime", Assert.Throws<MiniRunException>(() => CpuController.Translate(new() { RealtimeRuntime = 1000 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Idle_is_zero_or_one()
        => Assert.Throws<MiniRunException>(() => CpuController.Translate(new() { Idle = 2 }));

    [Fact]
    public void Cpu_sets_are_passed_on_and_checked()
    {
        Assert.Equal([new("cpuset.cpus", "0-1"), new("cpuset.mems", "0")], CpusetController.Translate("0-1", "0"));
        Assert.Empty(CpusetController.Translate(null, ""));
        Assert.Throws<MiniRunException>(() => CpusetController.Translate("0\n1", null));
        Assert.Throws<MiniRunException>(() => CpusetController.Translate("all", null));
    }
}
