using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Launch;

/// <summary>Namespaces joined by path that turn out to be the launcher's own.</summary>
public sealed class OwnNamespacesTests
{
    [Theory]
    [InlineData(NamespaceType.Mount, "mnt", null, null)]
    [InlineData(NamespaceType.Uts, "uts", "name", null)]
    [InlineData(NamespaceType.Network, "net", null, "net.ipv4.ip_forward")]
    [InlineData(NamespaceType.Ipc, "ipc", null, "kernel.msgmax")]
    public void What_the_container_changes_must_not_be_the_hosts(NamespaceType type, string file, string? hostname, string? sysctl)
    {
        Assert.Contains("minirun itself runs in", Assert.Throws<LaunchException>(() => OwnNamespaces.Check(Joining(type, "/proc/self/ns/" + file, hostname, sysctl))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sharing_the_hosts_without_changing_it_is_allowed()
    {
        OwnNamespaces.Check(Joining(NamespaceType.Network, "/proc/self/ns/net", "name", "kernel.msgmax"));
        OwnNamespaces.Check(Joining(NamespaceType.Uts, "/proc/self/ns/uts", null, null));
    }

    private static RuntimeSpec Joining(NamespaceType type, string path, string? hostname, string? sysctl) => new()
    {
        OciVersion = "1.3.0",
        Hostname = hostname,
        Linux = new LinuxSpec
        {
            Namespaces = [new NamespaceSpec(type, path)],
            Sysctl = sysctl is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [sysctl] = "1" },
        },
    };
}
