using System.Globalization;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>minirun top: the host's ps, filtered.</summary>
[Collection(ContainerTests.Name)]
public sealed class TopTests(ContainerHost host)
{
    [Fact]
    public void Top_shows_the_containers_processes_by_the_hosts_pids_and_no_others()
    {
        host.Run("run", "-d", "--name=top", "busybox", "sh", "-c", "sleep 1021 & sleep 1022; :").Succeeded();
        try
        {
            Eventually.True(() => host.Run("top", "top").Lines().Length == 4, () => host.Run("top", "top").Output);
            string[] lines = host.Run("top", "top").Lines();
            Assert.StartsWith("UID                 PID                 PPID", lines[0], StringComparison.Ordinal);
            Assert.All(lines[2..], line => Assert.Contains("sleep 102", line, StringComparison.Ordinal));

            string[] pids = [.. host.Run("top", "top", "-o", "pid,comm").Lines()[1..].Select(line => line.Split(' ')[0])];
            Assert.Equal(3, pids.Length);
            Assert.All(pids, pid => Assert.True(int.Parse(pid, CultureInfo.InvariantCulture) > 3 && Directory.Exists($"/proc/{pid}")));
            Assert.Equal(3, host.Run("top", "top", "-aux").Lines()[1..].Length);
        }
        finally
        {
            host.Run("rm", "-f", "top");
        }
    }

    [Fact]
    public void A_name_with_blanks_and_numbers_is_no_pid()
    {
        host.Run("run", "-d", "--name=top", "busybox", "sh", "-c", "printf 'x 1 y' > /proc/self/comm; sleep 1025; :").Succeeded();
        Eventually.True(() => host.Run("top", "top", "-o", "comm,pid").Lines().Length == 3, () => host.Run("top", "top").Output);
        string pid = host.Run("inspect", "--format", "{{.State.Pid}}", "top").Succeeded();
        Assert.Contains($"x 1 y               {pid}", host.Run("top", "top", "-o", "comm,pid").Lines());
        Assert.Equal(3, host.Run("top", "top", "-ef", "f").Lines().Length); // ps shows no trees of chosen pids
        host.Run("rm", "-f", "top").Succeeded();
    }

    [Fact]
    public void What_ps_or_the_container_cannot_give_is_said_in_one_line()
    {
        host.Run("run", "-d", "--name=top", "busybox", "sleep", "1023").Succeeded();
        host.Run("top", "top", "-o", "comm").FailedInOneLine(1, "couldn't find PID field");
        host.Run("top", "top", "--no-such-option").FailedInOneLine(1, "ps --no-such-option:");
        host.Run("top").FailedInOneLine(125, "requires at least 1 argument");
        host.Run("stop", "-t", "0", "top").Succeeded();
        host.Run("top", "top").FailedInOneLine(1, "container top is not running");
        host.Run("rm", "top").Succeeded();
        host.Run("top", "top").FailedInOneLine(1, "No such container: top");
    }

    [Fact]
    public void Variables_of_the_caller_do_not_reach_ps()
    {
        host.Run("run", "-d", "--name=top", "busybox", "sleep", "1024").Succeeded();
        using RunningProgram top = host.StartWith([new("PS_FORMAT", "comm"), new("PATH", "/nowhere")], host.Minirun, "top", "top", "-e");
        Assert.Contains("PID", top.Wait().Lines()[0], StringComparison.Ordinal);
        host.Run("rm", "-f", "top").Succeeded();
    }
}
