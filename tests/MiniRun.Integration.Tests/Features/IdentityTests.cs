using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class IdentityTests(ContainerHost host)
{
    [Fact]
    public void A_user_without_capabilities_is_pid_1_with_an_empty_set_and_the_containers_id_as_hostname()
    {
        string[] lines = host.Run(
            "run", "--rm", "--user=1000", "--cap-drop=ALL", "busybox",
            "sh", "-c", "id -u; echo $$; grep CapEff /proc/self/status; hostname").Lines();

        Assert.Equal("1000", lines[0]);
        Assert.Equal("1", lines[1]);
        Assert.Equal("CapEff:\t0000000000000000", lines[2]);
        Assert.Matches("^[0-9a-f]{12}$", lines[3]);
    }

    [Fact]
    public void The_hostname_is_the_id_that_ps_shows()
    {
        using RunningProgram container = host.Start("run", "--rm", "busybox", "sh", "-c", "hostname; echo ready; sleep 1000");
        container.WaitForOutput("ready");
        string hostname = container.Output.Split('\n')[0];

        string listed = host.Run("ps", "-q").Succeeded();
        host.Run("rm", "-f", hostname).Succeeded();

        Assert.Equal(hostname, listed);
    }

    [Fact]
    public void On_the_host_the_same_process_has_another_pid_and_the_same_uid()
    {
        using RunningProgram container = host.Start("run", "--rm", "--name=seen", "--user=1000", "busybox", "sleep", "1001");
        HostProcess process = HostProcess.FirstOfContainer("sleep");

        string? uids = process.Status("Uid");
        host.Run("rm", "-f", "seen").Succeeded();

        Assert.NotEqual(1, process.Pid);
        Assert.Equal("1000 1000 1000 1000", uids);
    }

    [Fact]
    public void Without_the_options_it_is_root_with_dockers_default_capabilities()
    {
        string[] lines = host.Shell("id -u; sed -n 's/^Cap...:.//p' /proc/self/status").Lines();

        Assert.Equal("0", lines[0]);
        Assert.Equal(["0000000000000000", "00000000a80425fb", "00000000a80425fb", "00000000a80425fb", "0000000000000000"], lines[1..]);
    }

    [Theory]
    [InlineData("app", "1000 1000")]
    [InlineData("1000", "1000 1000")]
    [InlineData("1234", "1234 0")]
    [InlineData("1:2", "1 2")]
    [InlineData("app:video", "1000 44")]
    [InlineData("0:app", "0 1000")]
    public void A_user_is_a_number_or_a_name_of_the_image(string user, string ids)
    {
        Assert.Equal(ids, host.Shell("echo $(id -u) $(id -g)", "--user", user).Succeeded());
    }

    [Fact]
    public void A_named_user_is_in_its_groups_and_in_the_added_ones()
    {
        Assert.Equal("1000 44 2000", host.Shell("id -G", "--user=app", "--group-add=2000").Succeeded());
    }

    [Fact]
    public void The_umask_and_the_supplementary_groups_are_the_asked_ones()
    {
        Assert.Equal("0077", host.Shell("umask", "--umask=077").Succeeded());
        Assert.Equal("0022", host.Shell("umask").Succeeded());
    }

    [Fact]
    public void Every_namespace_but_the_users_is_new_and_host_keeps_the_hosts()
    {
        string own = string.Join('\n', Namespaces("pid", "mnt", "uts", "ipc", "net", "cgroup"));
        string[] inside = host.Shell("for n in pid mnt uts ipc net cgroup; do readlink /proc/self/ns/$n; done").Lines();
        Assert.Empty(inside.Intersect(own.Split('\n')));
        Assert.Equal(6, inside.Length);

        string shared = host.Shell(
            "for n in pid uts ipc net cgroup; do readlink /proc/self/ns/$n; done",
            "--pid=host", "--uts=host", "--ipc=host", "--network=host", "--cgroupns=host").Succeeded();
        Assert.Equal(string.Join('\n', Namespaces("pid", "uts", "ipc", "net", "cgroup")), shared);
    }

    private static IEnumerable<string> Namespaces(params string[] names)
    {
        return names.Select(name => File.ResolveLinkTarget($"/proc/self/ns/{name}", returnFinalTarget: false)!.Name);
    }
}
