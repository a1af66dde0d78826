using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Tests.Cgroups;

public sealed class IoLimitTests
{
    private static readonly BlockDevice Disk = new(8, 0);

    [Theory]
    [InlineData(10, "default 1")]
    [InlineData(500, "default 4950")]
    [InlineData(1000, "default 10000")]
    public void Weights_are_stretched_for_iocost(int weight, string value)
        => Assert.Equal([new("io.weight", value)], IoController.Translate(new() { Weight = (ushort)weight }, bfq: false));

    [Fact]
    public void Bfq_takes_weights_as_they_are()
        => Assert.Equal(
            [new("io.bfq.weight", "default 300"), new("io.bfq.weight", "8:0 400")],
            IoController.Translate(new() { Weight = 300, DeviceWeights = [new(Disk, 400, null)] }, bfq: true));

    [Fact]
    public void Rates_of_one_device_are_one_write()
        => Assert.Equal(
            [new("io.max", "8:0 rbps=1000 wbps=2000 wiops=max"), new("io.max", "8:16 riops=7")],
            IoController.Translate(
                new()
                {
                    ReadBytes = [new(Disk, 1000)],
                    WriteBytes = [new(Disk, 2000)],
                    ReadOperations = [new(new(8, 16), 7)],
                    WriteOperations = [new(Disk, 0)],
                },
                bfq: false));

    [Fact]
    public void Zero_weights_are_unset()
        => Assert.Empty(IoController.Translate(new() { Weight = 0, LeafWeight = 0, DeviceWeights = [new(Disk, 0, null)] }, bfq: false));

    [Theory]
    [InlineData(9)]
    [InlineData(1001)]
    public void Weights_outside_the_range_are_refused(int weight)
        => Assert.Throws<MiniRunException>(() => IoController.Translate(new() { Weight = (ushort)weight }, bfq: false));

    [Fact]
    public void Leaf_weights_are_refused_by_name()
        => Assert.Contains("leafWeight", Assert.Throws<MiniRunException>(() => IoController.Translate(new() { LeafWeight = 10 }, bfq: false)).Message, StringComparison.Ordinal);
}
