namespace MiniRun.Conformance.Tests.Linux;

/// <summary>config-linux.md#network-devices, in a network namespace that stands for the host's: the machine's own devices are never touched.</summary>
public sealed class NetDeviceTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime]
    [Must("config-linux.md#network-devices", "the devices are available, by their new name or their own")]
    public void The_device_moves_in(string runtime) => On(runtime, oci =>
    {
        Assert.Contains("eth0", OnHost(oci, """{"veth0": {"name": "eth0"}}""", "ls /sys/class/net").Lines());
        Assert.Contains("veth0", OnHost(oci, """{"veth0": {}}""", "ls /sys/class/net").Lines());
    });

    [Theory]
    [EachRuntime("missing", "name in use")]
    [Must("config-linux.md#network-devices", "a move that is not possible, as to a name in use: error")]
    public void A_device_that_cannot_move_is_an_error(string runtime, string problem) => On(
        runtime,
        oci =>
        {
            ProgramResult result = OnHost(oci, problem == "missing" ? """{"missing0": {}}""" : """{"veth0": {"name": "lo"}}""", "echo ran");
            Assert.DoesNotContain("ran", result.Output, StringComparison.Ordinal);
            Assert.Contains(problem == "missing" ? "'missing0'" : "'lo'", result.Error, StringComparison.Ordinal);
        },
        problem);

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#network-devices", "with %d in the name the kernel numbers the device")]
    public void The_kernel_numbers_a_name_that_asks_for_it(string runtime) => On(runtime, oci =>
        Assert.Contains("lan0", OnHost(oci, """{"veth0": {"name": "lan%d"}}""", "ls /sys/class/net").Lines()));

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#network-devices", "attributes and permanent global addresses are preserved")]
    public void The_device_keeps_its_mtu_and_its_addresses(string runtime) => On(runtime, oci =>
    {
        string seen = OnHost(oci, """{"veth0": {"name": "eth0"}}""", "cat /sys/class/net/eth0/mtu /sys/class/net/eth0/address; ip -o addr show dev eth0").Output;
        Assert.Contains("1420\n02:00:00:00:00:07\n", seen, StringComparison.Ordinal);
        Assert.Contains("inet 10.1.2.3/24", seen, StringComparison.Ordinal);
        Assert.Contains("inet6 fd00::5/64", seen, StringComparison.Ordinal);
    });

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#network-devices", "the device is set up")]
    public void The_device_is_up(string runtime) => On(runtime, oci =>
        Assert.Contains("0x1003", OnHost(oci, """{"peer0": {"name": "eth0"}}""", "cat /sys/class/net/eth0/flags").Lines()));

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#namespace-lifecycle-and-container-termination", "the device is not moved out before the namespace ends")]
    public void The_device_ends_with_its_namespace(string runtime) => On(runtime, oci =>
    {
        string seen = OnHost(oci, """{"veth0": {}}""", "ls /sys/class/net", "echo; echo after; ls /sys/class/net").Succeeded();
        Assert.Contains("veth0", seen.Split("after")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("veth0", seen.Split("after")[1], StringComparison.Ordinal);
    });

    /// <summary>peer0 is down, veth0 up.</summary>
    private ProgramResult OnHost(OciRuntime oci, string devices, string script, string afterwards = "")
    {
        OciBundle bundle = oci.Bundle(script, nameof(NetDeviceTests)).With("linux.netDevices", devices);
        bundle.Write();
        string setup = Path.Combine(bundle.Folder, "host.sh");
        File.WriteAllText(setup, $"""
            mount -t sysfs sysfs /sys
            mount -t cgroup2 cgroup2 /sys/fs/cgroup
            ip link add veth0 mtu 1420 address 02:00:00:00:00:07 type veth peer name peer0
            ip addr add 10.1.2.3/24 dev veth0
            ip addr add fd00::5/64 dev veth0 nodad
            ip link set veth0 up
            {oci.Command} run --bundle {bundle.Folder} {OciRuntime.Id(bundle)} || true
            {afterwards}
            """);
        return Host.Bash($"unshare --net --mount --propagation private bash -eu {setup}");
    }
}
