using MiniRun.Engine.Bundles;

namespace MiniRun.Engine.Tests.Bundles;

public sealed class HostsFilesTests
{
    [Fact]
    public void Hosts_knows_localhost_and_the_container_itself()
    {
        string hosts = HostsFiles.LoopbackHosts("web", "example");
        Assert.StartsWith("127.0.0.1\tlocalhost\n", hosts);
        Assert.EndsWith("127.0.1.1\tweb.example web\n", hosts);
        Assert.EndsWith("127.0.1.1\tweb\n", HostsFiles.LoopbackHosts("web", null));
    }

    [Fact]
    public void Name_servers_on_the_hosts_loopback_are_left_out() =>
        Assert.Equal(
            "search example\nnameserver 9.9.9.9\n",
            HostsFiles.WithoutLocalServers("search example\nnameserver 127.0.0.53\n\nnameserver 9.9.9.9\n nameserver ::1\n"));

    [Fact]
    public void Hostname_ends_its_line() => Assert.Equal("web\n", HostsFiles.Hostname("web"));
}
