using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>minirun update on this machine, whose cgroup v2 has no limits; those are shown in the VM (vm/update.sh).</summary>
[Collection(ContainerTests.Name)]
public sealed class UpdateTests(ContainerHost host)
{
    [Fact]
    public void Options_of_a_stopped_container_change_in_its_record()
    {
        string id = host.Run("create", "--name=later", "--pids-limit=9", "--cpu-shares=7", "busybox", "sleep", "1").Succeeded();
        Assert.Equal("later", host.Run("update", "-m", "64m", "--cpus=0.5", "--pids-limit=-1", "--blkio-weight=300", "--restart=on-failure:2", "later").Succeeded());
        Assert.Equal(["--restart=on-failure:2", "--memory=64m", "--cpus=0.5", "--cpu-shares=7", "--blkio-weight=300", "busybox", "sleep", "1"], Words(id));

        host.Run("update", "-m", "1g", "later").FailedInOneLine(1, "update the memoryswap at the same time");
        host.Run("update", "--cpu-period=5000", "later").FailedInOneLine(1, "NanoCPUs has already been set");
        host.Run("update", "later").FailedInOneLine(125, "one or more flags");
        host.Run("update", "-m", "1k", "--restart=always", "later").FailedInOneLine(1, "512k");
        Assert.Equal("--restart=on-failure:2", Words(id)[0]); // all or nothing
        host.Run("rm", "later").Succeeded();
    }

    [Fact]
    public void A_limit_that_the_kernel_refuses_changes_nothing_and_names_the_controller()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "--name=runs", "busybox", "sleep", "1031").Succeeded();
        host.Run("update", "--restart=always", "--cgroup-parent=x", "runs").FailedInOneLine(125, "unknown flag");
        ProgramResult refused = host.Run("update", "--restart=always", "--pids-limit=5", "runs");
        if (refused.Status != 0)
        {
            refused.FailedInOneLine(1, "pids");
            Assert.Equal(["--detach", "busybox", "sleep", "1031"], Words(id));
        }

        host.Run("rm", "-f", "runs").Succeeded();
        before.AssertUnchanged(host, "an update that was refused");
    }

    [Fact]
    public void A_monitor_follows_the_restart_policy_that_is_in_force_when_the_program_ends()
    {
        host.Run("run", "-d", "--name=again", "busybox", "sh", "-c", "echo x >> /runs; while [ ! -e /go ]; do sleep 0.05; done; [ $(wc -l < /runs) -gt 2 ] || exit 3; sleep 1032").Succeeded();
        host.Run("update", "--restart=on-failure", "again").Succeeded();
        host.Run("exec", "again", "touch", "/go").Succeeded();
        Eventually.True(() => Life("again").GetProperty("restarts").GetInt32() == 2 && host.Run("ps", "-q").Output.Length > 0, () => host.Run("ps", "-a").Output);

        host.Run("update", "--restart=no", "again").Succeeded();
        host.Run("kill", "again").Succeeded();
        Eventually.True(() => host.Run("ps", "-a").Output.Contains("Exited (137)", StringComparison.Ordinal), () => host.Run("ps", "-a").Output);
        Assert.Equal(2, Life("again").GetProperty("restarts").GetInt32());
        host.Run("rm", "again").Succeeded();

        host.Run("run", "-d", "--rm", "--name=gone", "busybox", "sleep", "1033").Succeeded();
        host.Run("update", "--restart=always", "gone").FailedInOneLine(1, "AutoRemove is enabled");
        host.Run("rm", "-f", "gone").Succeeded();
    }

    [Fact]
    public void A_cgroup_parent_is_where_the_containers_cgroup_is_made()
    {
        string id = host.Run("run", "-d", "--name=child", "--cgroup-parent=/minirun/family", "--device-cgroup-rule=c 240:7 r", "busybox", "sleep", "1034").Succeeded();
        string pid = host.Run("top", "child", "-o", "pid,comm").Lines()[1].Split(' ')[0];
        Assert.Contains($"/minirun/family/{id}", File.ReadAllText($"/proc/{pid}/cgroup"), StringComparison.Ordinal);
        // The rule lets it through, and no driver answers; without one, it is "not permitted".
        Assert.Contains("No such device", host.Run("exec", "child", "sh", "-c", "mknod /node c 240 7; cat /node").Error, StringComparison.Ordinal);
        Assert.Contains("not permitted", host.Run("exec", "child", "sh", "-c", "mknod /other c 240 8; cat /other").Error, StringComparison.Ordinal);
        host.Run("rm", "-f", "child").Succeeded();
        host.Run("run", "--rm", "--cgroup-parent=/a/../b", "busybox", "true").FailedInOneLine(125, "--cgroup-parent");
    }

    private string[] Words(string id) =>
        [.. JsonDocument.Parse(File.ReadAllText($"{host.Data}/containers/{id}/container.json")).RootElement.GetProperty("run").EnumerateArray().Select(word => word.GetString()!)];

    private JsonElement Life(string name) =>
        JsonDocument.Parse(File.ReadAllText($"{host.Data}/containers/{File.ReadAllText($"{host.Data}/names/{name}")}/life.json")).RootElement;
}
