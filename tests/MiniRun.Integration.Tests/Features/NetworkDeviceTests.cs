using System.Text.Json.Nodes;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>linux.netDevices, in a network namespace that stands for the host's: the machine's own devices are never touched.</summary>
[Collection(ContainerTests.Name)]
public sealed class NetworkDeviceTests(ContainerHost host)
{
    private const string Addresses = "ip -o addr show scope global | sed 's/ *brd .*//; s/ scope.*//'";

    [Fact]
    public void A_device_moves_in_with_its_name_its_permanent_addresses_and_up()
    {
        OciBundle bundle = Bundle("""{"veth0": {"name": "eth0"}}""", "ip -o addr show dev eth0; cat /sys/class/net/eth0/flags");

        string[] lines = OnHost(bundle, "ip link show veth0 > /dev/null 2>&1 && echo still there; true").Lines();

        Assert.Contains(lines, line => line.Contains("inet 10.1.2.3/24", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("inet6 fd00::5/64", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("169.254.9.9", StringComparison.Ordinal));
        Assert.Contains("0x1003", lines);
        Assert.DoesNotContain("still there", lines);
    }

    [Fact]
    public void The_kernel_numbers_a_name_that_asks_for_it() =>
        Assert.Contains("lan0", OnHost(Bundle("""{"veth0": {"name": "lan%d"}}""", "ls /sys/class/net"), "").Lines());

    [Fact]
    public void A_container_with_a_user_namespace_gets_devices_too() =>
        Assert.Contains("veth0", OnHost(Bundle("""{"veth0": {}}""", "ls /sys/class/net").InUserNamespace(), "").Lines());

    [Theory]
    [InlineData("""{"veth0": {"name": "lo"}}""", "true", "has a network device 'lo' already")]
    [InlineData("""{"veth0": {}, "missing0": {}}""", "true", "no network device 'missing0'")]
    [InlineData("""{"veth0": {"name": "eth0"}}""", "/no/such/program", "no such file or directory")]
    public void A_failed_start_gives_the_device_back_as_it_was(string devices, string program, string reason)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        OciBundle bundle = Bundle(devices, "true");
        bundle.Config["process"]!["args"] = new JsonArray(program);

        ProgramResult result = OnHost(bundle, "cat /sys/class/net/veth0/flags; " + Addresses);

        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Contains("0x1003", result.Output, StringComparison.Ordinal);
        Assert.Contains("veth0    inet 10.1.2.3/24", result.Output, StringComparison.Ordinal);
        Assert.Contains("veth0    inet6 fd00::5/64", result.Output, StringComparison.Ordinal);
        Directory.Delete(bundle.Folder, recursive: true);
        before.AssertUnchanged(host, "a start whose network devices were given back");
    }

    [Fact]
    public void A_container_in_the_hosts_own_namespace_is_refused()
    {
        OciBundle bundle = Bundle("""{"veth0": {"name": "eth0"}}""", "true");
        foreach (JsonNode? entry in bundle.Linux["namespaces"]!.AsArray())
        {
            if ((string?)entry!["type"] == "network")
            {
                entry["path"] = "/proc/self/ns/net";
            }
        }

        ProgramResult result = OnHost(bundle, "ls /sys/class/net");

        Assert.Contains("namespace", result.Error, StringComparison.Ordinal);
    }

    private OciBundle Bundle(string devices, string script)
    {
        OciBundle bundle = new(host, script, nameof(NetworkDeviceTests));
        bundle.Linux["netDevices"] = JsonNode.Parse(devices);
        bundle.Write();
        return bundle;
    }

    private ProgramResult OnHost(OciBundle bundle, string afterwards)
    {
        bundle.Write();
        string script = Path.Combine(bundle.Folder, "host.sh");
        File.WriteAllText(script, $"""
            mount -t sysfs sysfs /sys
            ip link add veth0 type veth peer name peer0
            ip addr add 10.1.2.3/24 dev veth0
            ip addr add fd00::5/64 dev veth0 nodad
            ip addr add 169.254.9.9/32 scope link dev veth0
            ip link set veth0 up
            {host.MinirunOci} --root {host.State} --cgroup-manager=disabled run --bundle {bundle.Folder} {Path.GetFileName(bundle.Folder)} || true
            {afterwards}
            """);
        return host.Bash($"unshare --net --mount --propagation private bash -eu {script}");
    }
}
