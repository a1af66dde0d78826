using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Systemd;

namespace MiniRun.Linux.Tests.Systemd;

public sealed class UnitPropertiesTests
{
    [Theory]
    [InlineData("memory.max", "67108864", "MemoryMax", 67108864)]
    [InlineData("memory.high", "64M", "MemoryHigh", 67108864)]
    [InlineData("memory.swap.max", "max", "MemorySwapMax", ulong.MaxValue)]
    [InlineData("pids.max", "0", "TasksMax", 0)]
    [InlineData("cpu.weight", "20", "CPUWeight", 20)]
    [InlineData("cpu.idle", "1", "CPUWeight", 0)]
    [InlineData("io.weight", "default 100", "IOWeight", 100)]
    [InlineData("io.weight", "100", "IOWeight", 100)]
    public void A_limit_is_a_property(string file, string value, string name, ulong number) =>
        Assert.Equal([new UnitProperty(name, number)], UnitProperties.Of([new(file, value)]));

    [Theory]
    [InlineData("20000 50000", 400_000, 50_000)]
    [InlineData("50000", 500_000, 100_000)]
    [InlineData("12345 50000", 250_000, 50_000)]
    [InlineData("max 100000", ulong.MaxValue, 100_000)]
    [InlineData("max", ulong.MaxValue, 100_000)]
    public void A_quota_is_told_in_time_a_second_rounded_up_to_a_hundredth_of_a_cpu(string value, ulong perSecond, ulong period) =>
        Assert.Equal([new UnitProperty("CPUQuotaPerSecUSec", perSecond), new UnitProperty("CPUQuotaPeriodUSec", period)], UnitProperties.Of([new("cpu.max", value)]));

    [Fact]
    public void A_cpuset_is_a_mask()
    {
        UnitProperty property = Assert.Single(UnitProperties.Of([new("cpuset.cpus", "0-3,8")]));

        Assert.Equal("AllowedCPUs", property.Name);
        Assert.Equal(new byte[] { 0x0f, 1, 0, 0, 0, 0, 0, 0 }, property.Value);
    }

    [Theory]
    [InlineData("memory.oom.group", "1")]
    [InlineData("io.max", "8:0 rbps=1")]
    [InlineData("io.weight", "8:0 100")]
    [InlineData("cpuset.cpus", "0-31:2/8")]
    [InlineData("memory.max", "many")]
    [InlineData("memory.max", "18446744073709551615K")]
    [InlineData("cpu.max", "some 5")]
    [InlineData("cpu.idle", "0")]
    public void What_systemd_has_no_property_for_is_left_to_the_file(string file, string value) => Assert.Empty(UnitProperties.Of([new CgroupWrite(file, value)]));
}
