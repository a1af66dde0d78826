using System.Text.Json;
using MiniRun.Cli.Commands;
using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Inventory;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Linux;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Cli.Tests;

public sealed class HostSummaryTextTests
{
    [Fact]
    public void Containers_are_counted_as_docker_counts_them()
    {
        string text = HostSummaryText.Of(Document(Host("cpuset cpu io memory pids")));
        Assert.Contains("Containers: 11\n Running: 3\n Paused: 1\n Stopped: 7\nImages: 5\n", text, StringComparison.Ordinal);
        Assert.Contains("Security Options:\n apparmor\n seccomp\n  Profile: builtin\n cgroupns\n", text, StringComparison.Ordinal);
        Assert.Matches("Total Memory: [0-9.]+[MG]iB\n", text);
        Assert.Contains("Insecure Registries:\n 10.0.0.0/8\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_limited_is_warned_of()
    {
        Assert.Equal([], Host("cpuset cpu io memory pids").Warnings);
        Assert.Equal(["No memory limit support", "No block I/O limit support"], Host("cpuset cpu pids").Warnings);
        Assert.False(Document(Host("cpu")).GetProperty("MemoryLimit").GetBoolean());
    }

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(1536, "1.5KiB")]
    [InlineData(8_200_000_000, "7.637GiB")]
    [InlineData(130_000_000, "124MiB")]
    public void Memory_has_four_digits_and_a_binary_unit(long bytes, string text) => Assert.Equal(text, HumanSize.Binary(bytes));

    private static JsonElement Document(HostSummary host) => FormattedDocument.Of(json => HostSummaryJson.Write(json, host, "1.2.3"));

    private static HostSummary Host(string controllers) => new()
    {
        Containers = new Dictionary<ContainerPhase, int>
        {
            [ContainerPhase.Running] = 2,
            [ContainerPhase.Restarting] = 1,
            [ContainerPhase.Paused] = 1,
            [ContainerPhase.Exited] = 4,
            [ContainerPhase.Created] = 2,
            [ContainerPhase.Dead] = 1,
        },
        Images = 5,
        DataRoot = "/data",
        Cgroups = CgroupHost.Parse("/sys/fs/cgroup", "0::/\n", controllers),
        SecurityModules = new SecurityModules(AppArmor: true, Selinux: false),
        Rootless = false,
        Registries = new RegistryConfig { Insecure = [InsecureRule.TryParse("10.0.0.0/8")!] },
    };
}
