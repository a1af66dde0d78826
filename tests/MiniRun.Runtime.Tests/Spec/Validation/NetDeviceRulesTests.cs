using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class NetDeviceRulesTests
{
    private static IReadOnlyList<string> ProblemsOf(params (string Host, string? Inside)[] devices) =>
        Problems.OfLinux(linux => linux with { NetDevices = devices.ToDictionary(device => device.Host, device => new NetDeviceSpec(device.Inside)) });

    [Fact]
    public void Devices_keep_their_names_or_get_others() => Assert.Empty(ProblemsOf(("eth0", null), ("eth1", "net0"), ("eth2", "lan%d"), ("eth3", "lan%d")));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("eth%d")]
    [InlineData("sixteencharacter")]
    public void A_hosts_device_has_a_name_the_kernel_knows(string name) =>
        Assert.EndsWith("cannot be the name of a network device", Assert.Single(ProblemsOf((name, "x"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("a/b")]
    [InlineData("eth%d%d")]
    [InlineData("eth%s")]
    [InlineData("eth%")]
    public void A_name_inside_is_one_the_kernel_takes(string name) =>
        Assert.Equal([$"linux.netDevices.eth0.name: \"{name}\" cannot be the name of a network device"], ProblemsOf(("eth0", name)));

    [Fact]
    public void Two_devices_have_two_names() => Assert.Equal(["linux.netDevices.eth1.name: a second device \"eth0\""], ProblemsOf(("eth0", null), ("eth1", "eth0")));

    [Fact]
    public void Devices_need_a_network_namespace() => Assert.Contains(
        "linux.netDevices: needs a network namespace in linux.namespaces",
        Problems.OfLinux(linux => Problems.Namespaces(linux, [NamespaceType.Network]) with { NetDevices = new Dictionary<string, NetDeviceSpec> { ["eth0"] = new(null) } }));
}
