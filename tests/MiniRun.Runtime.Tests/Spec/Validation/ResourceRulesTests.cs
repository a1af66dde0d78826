using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class ResourceRulesTests
{
    [Fact]
    public void A_device_rule_has_a_known_type_and_access() =>
        Assert.Equal(
            ["linux.resources.devices[0].type: expected a, b or c", "linux.resources.devices[1].access: expected letters of \"rwm\", found \"rx\""],
            Problems.OfResources(new ResourcesSpec { Devices = [new(true, 'p', null, null, "r"), new(true, 'c', 1, 3, "rx")] }));

    [Fact]
    public void Memory_is_bytes_or_minus_one()
    {
        Assert.Empty(Problems.OfResources(new ResourcesSpec { Memory = new MemorySpec { Limit = -1, Swap = -1, Reservation = 0 } }));
        Assert.Equal(
            ["linux.resources.memory.limit: expected bytes, or -1 for no limit, found -2"],
            Problems.OfResources(new ResourcesSpec { Memory = new MemorySpec { Limit = -2 } }));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(1001)]
    public void A_weight_is_10_to_1000(ushort weight) =>
        Assert.Equal(
            [$"linux.resources.blockIO.weight: expected 10 to 1000, found {weight}", $"linux.resources.blockIO.weightDevice[0].weight: expected 10 to 1000, found {weight}"],
            Problems.OfResources(new ResourcesSpec { BlockIo = new BlockIoSpec { Weight = weight, WeightDevice = [new(8, 0, weight, null)] } }));

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(1000)]
    public void A_weight_of_zero_counts_as_not_given(ushort weight) =>
        Assert.Empty(Problems.OfResources(new ResourcesSpec { BlockIo = new BlockIoSpec { Weight = weight } }));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../memory.max")]
    [InlineData("a/memory.max")]
    public void A_unified_key_is_a_file_name(string key) =>
        Assert.Equal([$"linux.resources.unified: \"{key}\" is not the name of a cgroup file"], Problems.OfResources(new ResourcesSpec { Unified = new Dictionary<string, string> { [key] = "1" } }));

    [Theory]
    [InlineData("2MB", true)]
    [InlineData("64KB", true)]
    [InlineData("1GB", true)]
    [InlineData("", false)]
    [InlineData("MB", false)]
    [InlineData("02MB", false)]
    [InlineData("2mb", false)]
    [InlineData("2M", false)]
    [InlineData("../MB", false)]
    public void A_page_size_is_a_number_and_a_unit(string size, bool isFine) =>
        Assert.Equal(isFine, Problems.OfResources(new ResourcesSpec { HugepageLimits = [new(size, 1)] }).Count == 0);

    [Fact]
    public void Network_classes_are_refused_because_cgroup_v2_has_none()
    {
        Assert.Equal(
            ["linux.resources.network: cgroup v2 has no net_cls and net_prio; remove it"],
            Problems.OfResources(new ResourcesSpec { Network = new NetworkSpec(1, new Dictionary<string, uint>()) }));
        Assert.Empty(Problems.OfResources(new ResourcesSpec { Network = new NetworkSpec(null, new Dictionary<string, uint>()) }));
    }

    [Fact]
    public void Resources_for_update_are_checked_alone() =>
        Assert.Throws<SpecException>(() => SpecValidator.Check(new ResourcesSpec { Memory = new MemorySpec { Swap = -5 } }));
}
