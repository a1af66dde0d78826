using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class LifecycleTests(ContainerHost host)
{
    private const string UntilTerminated = "trap 'exit 3' TERM; echo ready; while :; do sleep 0.1; done";

    [Fact]
    public void A_running_container_is_listed_killed_and_gone()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        using RunningProgram container = host.Start("run", "--rm", "--name=life", "busybox", "sh", "-c", UntilTerminated);
        container.WaitForOutput("ready");

        string listed = host.Run("ps").Succeeded();
        host.Run("kill", "-s", "TERM", "life").Succeeded();
        ProgramResult result = container.Wait();

        Assert.Contains("life", listed, StringComparison.Ordinal);
        Assert.Contains("busybox", listed, StringComparison.Ordinal);
        Assert.Equal(3, result.Status);
        Assert.DoesNotContain("life", host.Run("ps", "-a").Succeeded(), StringComparison.Ordinal);
        before.AssertUnchanged(host, "a container that was killed");
    }

    [Fact]
    public void Kill_without_a_signal_is_fatal()
    {
        using RunningProgram container = host.Start("run", "--rm", "--name=fatal", "busybox", "sleep", "1005");
        HostProcess.FirstOfContainer("sleep");
        host.Run("kill", "fatal").Succeeded();
        Assert.Equal(128 + Kernel.SIGKILL, container.Wait().Status);
    }

    [Fact]
    public void A_container_without_rm_stays_listed_until_it_is_removed()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        host.Run("run", "--name=kept", "busybox", "true").Succeeded();

        Assert.DoesNotContain("kept", host.Run("ps").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("kept", host.Run("ps", "-a").Succeeded(), StringComparison.Ordinal);
        host.Run("kill", "kept").FailedInOneLine(1, "kept");
        host.Run("rm", "kept").Succeeded();

        Assert.DoesNotContain("kept", host.Run("ps", "-a").Succeeded(), StringComparison.Ordinal);
        before.AssertUnchanged(host, "a container that was removed");
    }

    [Fact]
    public void A_running_container_is_removed_only_by_force()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        using RunningProgram container = host.Start("run", "--name=forced", "busybox", "sleep", "1006");
        HostProcess.FirstOfContainer("sleep");

        host.Run("rm", "forced").FailedInOneLine(1, "forced", "running");
        host.Run("rm", "-f", "forced").Succeeded();
        container.Wait();
        before.AssertUnchanged(host, "a container removed by force");
    }

    [Fact]
    public void A_name_in_use_is_refused_with_the_holders_id()
    {
        using RunningProgram container = host.Start("run", "--rm", "--name=taken", "busybox", "sh", "-c", "hostname; echo ready; while :; do sleep 0.1; done");
        container.WaitForOutput("ready");
        string id = container.Output.Split('\n')[0];

        ProgramResult refused = host.Run("run", "--rm", "--name=taken", "busybox", "true");
        host.Run("rm", "-f", "taken").Succeeded();

        refused.FailedInOneLine(125, "taken", id);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        host.Run("rm", "nobody").FailedInOneLine(1, "nobody");
        host.Run("kill", "nobody").FailedInOneLine(1, "nobody");
    }
}
