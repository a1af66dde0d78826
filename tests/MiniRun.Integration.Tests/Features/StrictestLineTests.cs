using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>The seeds' strictest command line, each prohibition beside what is possible without it. Its limits are tested in the VM.</summary>
[Collection(ContainerTests.Name)]
public sealed class StrictestLineTests(ContainerHost host)
{
    private static readonly string[] Strict =
    [
        "--read-only", "--tmpfs", "/tmp:rw,noexec,nosuid", "--cap-drop=ALL", "--cap-add=NET_BIND_SERVICE", "--security-opt=no-new-privileges",
    ];

    [Theory]
    [InlineData("--user=0")]
    [InlineData("--user=1000")]
    public void A_web_server_binds_port_80_and_answers_inside_its_network_namespace(string user)
    {
        using RunningProgram container = host.Start(["run", "--rm", "--name=web", .. Strict, user, "busybox", "httpd", "-f", "-p", "80", "-h", "/www"]);
        HostProcess server = HostProcess.FirstOfContainer("httpd");
        string page = host.Bash($"for i in $(seq 50); do nsenter -t {server.Pid} -n busybox wget -qO- http://127.0.0.1:80/ 2> /dev/null && break; sleep 0.1; done").Succeeded();
        host.Run("rm", "-f", "web").Succeeded();

        Assert.Equal("hello from httpd", page);
    }

    [Fact]
    public void Port_80_is_refused_without_the_capability_where_the_sysctl_reserves_it()
    {
        ProgramResult refused = host.Shell(
            "httpd -f -p 80", "--cap-drop=ALL", "--user=1000", "--sysctl", "net.ipv4.ip_unprivileged_port_start=1024");

        Assert.NotEqual(0, refused.Status);
        Assert.Contains("Permission denied", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/written")]
    [InlineData("/etc/written")]
    [InlineData("/www/written")]
    [InlineData("/root/written")]
    public void Nothing_of_the_image_can_be_written(string file)
    {
        ProgramResult refused = host.Shell($"echo text > {file}", Strict);
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("Read-only file system", refused.Error, StringComparison.Ordinal);

        Assert.Equal("text", host.Shell($"echo text > {file} && cat {file}").Succeeded());
    }

    [Fact]
    public void The_tmpfs_can_be_written_but_nothing_in_it_executed()
    {
        const string script = "cp /bin/show-euid /tmp/program && /tmp/program";
        ProgramResult refused = host.Shell(script, Strict);
        Assert.Equal(126, refused.Status);
        Assert.Contains("Permission denied", refused.Error, StringComparison.Ordinal);

        Assert.Equal("uid 0 euid 0", host.Shell(script, "--read-only", "--tmpfs", "/tmp:rw,exec").Succeeded());
    }

    [Fact]
    public void A_setuid_program_gains_nothing_with_no_new_privileges_and_root_without()
    {
        const string script = "show-euid /root/proof";
        ProgramResult refused = host.Shell(script, "--user=1000", "--security-opt=no-new-privileges");
        Assert.Equal("uid 1000 euid 1000\n", refused.Output);
        Assert.Equal(1, refused.Status);

        Assert.Equal("uid 1000 euid 0", host.Shell(script, "--user=1000").Succeeded());
    }

    [Fact]
    public void A_tmpfs_that_is_nosuid_disarms_a_setuid_copy()
    {
        const string script = "cp /bin/show-euid /tmp/p && chmod 4755 /tmp/p && su app -c /tmp/p";
        Assert.Equal("uid 1000 euid 1000", host.Shell(script, "--tmpfs", "/tmp:exec,nosuid").Succeeded());
        Assert.Equal("uid 1000 euid 0", host.Shell(script, "--tmpfs", "/tmp:exec,suid").Succeeded());
    }

    [Fact]
    public void A_memory_limit_without_the_controller_is_refused_by_name_before_anything_is_made()
    {
        if (File.Exists("/sys/fs/cgroup/cgroup.controllers") && File.ReadAllText("/sys/fs/cgroup/cgroup.controllers").Contains("memory", StringComparison.Ordinal))
        {
            Assert.Equal("67108864", host.Shell("cat /sys/fs/cgroup/memory.max", "-m", "64m").Succeeded());
            return;
        }

        HostSnapshot before = HostSnapshot.Take(host);
        host.Run("run", "--rm", "-m", "64m", "busybox", "true").FailedInOneLine(125, "memory");
        before.AssertUnchanged(host, "a refused limit");
    }
}
