using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`minirun diff`.</summary>
[Collection(ContainerTests.Name)]
public sealed class DiffTests(ContainerHost host)
{
    [Fact]
    public void Changes_are_listed_as_docker_lists_them_while_it_runs_and_afterwards()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        host.Run("run", "-d", "--name=differs", "busybox", "sleep", "1000").Succeeded();
        Assert.Equal("", host.Run("diff", "differs").Succeeded());
        host.Run("exec", "differs", "sh", "-c", "mkdir -p /srv/made/deep; echo x > /srv/made/deep/file; echo x >> /etc/passwd; rm /etc/group; rm -r /home; mkdir /home; chmod 700 /www").Succeeded();
        string[] expected = host.Run("diff", "differs").Lines();
        Assert.Contains("A /srv/made/deep/file", expected);
        Assert.Contains("C /etc", expected);
        Assert.Contains("C /etc/passwd", expected);
        Assert.Contains("D /etc/group", expected);
        Assert.Contains("A /srv", expected);
        Assert.Contains("C /www", expected);
        Assert.Contains("C /home", expected);
        Assert.Contains("D /home/app", expected);
        Assert.DoesNotContain(expected, line => line.Contains("hosts", StringComparison.Ordinal) || line.Contains("resolv", StringComparison.Ordinal) || line.Contains("/proc", StringComparison.Ordinal));

        host.Run("kill", "differs").Succeeded();
        host.Run("wait", "differs").Succeeded();
        Assert.Equal(expected, host.Run("diff", "differs").Lines());
        host.Run("rm", "differs").Succeeded();
        before.AssertUnchanged(host, "diff");
    }

    [Fact]
    public void A_container_cannot_make_its_image_look_deleted()
    {
        host.Run("run", "-d", "--name=marked", "busybox", "sleep", "1000").Succeeded();
        host.Run("exec", "marked", "touch", "/etc/new").Succeeded();
        string root = $"/proc/{host.Run("inspect", "--format", "{{.State.Pid}}", "marked").Succeeded()}/root";

        // What any program in it may do, too.
        host.Bash($"python3 -c 'import os; os.setxattr(\"{root}/etc\", \"user.overlay.opaque\", b\"y\")'").Succeeded();
        Assert.Equal(["A /etc/new", "C /etc"], host.Run("diff", "marked").Lines().Order(StringComparer.Ordinal));
        host.Run("commit", "marked", "marked-image").Succeeded();
        Assert.StartsWith("root:", host.Run("run", "--rm", "marked-image", "cat", "/etc/passwd").Succeeded(), StringComparison.Ordinal);
        host.Run("rm", "-f", "marked").Succeeded();
        host.Run("rmi", "marked-image").Succeeded();
    }

    [Fact]
    public void A_folder_made_anew_and_a_file_that_became_a_folder_show_what_was_lost()
    {
        host.Run("run", "-d", "--name=anew", "busybox", "sleep", "1000").Succeeded();
        host.Run("exec", "anew", "sh", "-c", "cp -r /var /var2; rm -r /var; mkdir /var; rm /etc/passwd; mkdir /etc/passwd; touch /etc/passwd/in").Succeeded();
        string[] lines = host.Run("diff", "anew").Lines();
        Assert.Contains("C /etc/passwd", lines);
        Assert.Contains("A /etc/passwd/in", lines);
        Assert.Equal(["A /var2", "A /var2/log", "A /var2/tmp", "C /var", "D /var/log", "D /var/tmp"], lines.Where(line => line.Contains("/var", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        host.Run("rm", "-f", "anew").Succeeded();
        host.Run("diff", "anew").FailedInOneLine(1, "anew");
    }
}
