using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>pause, resume, ps, events, update and delete --regex on this machine's cgroup v2, which has no limits; those are shown in the VM (vm/update.sh).</summary>
[Collection(ContainerTests.Name)]
public sealed class CgroupVerbTests(ContainerHost host)
{
    [Fact]
    public void A_paused_container_stands_still_until_it_is_resumed()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("while :; do echo x; sleep 0.01; done");
        HostSnapshot before = HostSnapshot.Take(host);
        string output = bundle + "/output";
        host.Bash($"{host.MinirunOci} --root {oci.Root} run --detach --bundle {bundle} still < /dev/null > {output} 2>&1").Succeeded();
        Eventually.True(() => new FileInfo(output).Length > 0, () => "it writes");

        oci.Run("pause", "still").Succeeded();
        Assert.Contains("\"paused\"", oci.Run("state", "still").Succeeded(), StringComparison.Ordinal);
        long length = new FileInfo(output).Length;
        Thread.Sleep(100);
        Assert.Equal(length, new FileInfo(output).Length);
        oci.Run("pause", "still").FailedInOneLine(1, "container not running");
        oci.Run("exec", "still", "true").FailedInOneLine(1, "paused");

        oci.Run("resume", "still").Succeeded();
        Eventually.True(() => new FileInfo(output).Length > length, () => "it goes on");
        oci.Run("resume", "still").FailedInOneLine(1, "container not paused");

        oci.Run("pause", "still").Succeeded();
        oci.Run("delete", "--force", "still").Succeeded();
        File.Delete(output);
        before.AssertUnchanged(host, "pause");
    }

    [Fact]
    public void Exec_joins_a_paused_container_only_when_told_to_and_waits_for_its_resume()
    {
        OciDriver oci = new(host);
        Start(oci, oci.Bundle("sleep 1016"), "frozen");
        oci.Run("pause", "frozen").Succeeded();
        using RunningProgram late = host.StartWith([], host.MinirunOci, "--root", oci.Root, "exec", "--ignore-paused", "frozen", "echo", "thawed");
        Thread.Sleep(200);
        Assert.False(late.HasExited);
        oci.Run("resume", "frozen").Succeeded();
        Assert.Equal("thawed", late.Wait().Succeeded());
        oci.Run("delete", "--force", "frozen").Succeeded();
    }

    [Fact]
    public void Exec_starts_in_a_cgroup_below_the_containers_and_in_no_other()
    {
        OciDriver oci = new(host);
        Start(oci, oci.Bundle("sleep 1017", ".linux.namespaces |= map(select(.type != \"cgroup\"))"), "parent");
        string own = oci.Run("exec", "parent", "sed", "s/^0:://", "/proc/self/cgroup").Lines()[^1];
        Directory.CreateDirectory($"/sys/fs/cgroup{own}/below/deep");

        Assert.EndsWith("/below/deep", oci.Run("exec", "--cgroup", "below/deep", "parent", "sed", "s/^0:://", "/proc/self/cgroup").Succeeded(), StringComparison.Ordinal);
        Assert.EndsWith("/below", oci.Run("exec", "--cgroup=/below", "parent", "sed", "s/^0:://", "/proc/self/cgroup").Succeeded(), StringComparison.Ordinal);
        oci.Run("exec", "--cgroup", "..", "parent", "true").FailedInOneLine(1, "..");
        oci.Run("exec", "--cgroup", "missing", "parent", "true").FailedInOneLine(1, "missing");
        oci.Run("delete", "--force", "parent").Succeeded();
    }

    [Fact]
    public void Ps_shows_every_process_of_the_container_and_no_other()
    {
        OciDriver oci = new(host);
        Start(oci, oci.Bundle("sleep 1011 & sleep 1011"), "many");

        int[] pids = JsonSerializer.Deserialize<int[]>(oci.Run("ps", "--format", "json", "many").Succeeded())!;
        Assert.Equal(2, pids.Length);
        Assert.All(pids, pid => Assert.Contains("1011", File.ReadAllText($"/proc/{pid}/cmdline"), StringComparison.Ordinal));
        string[] table = oci.Run("ps", "many").Lines();
        Assert.StartsWith("UID", table[0], StringComparison.Ordinal);
        Assert.Equal(3, table.Length);
        Assert.Equal(["PID", .. pids.Select(pid => $"{pid}").Order(StringComparer.Ordinal)], oci.Run("ps", "many", "-o", "pid").Lines().Select(line => line.Trim()).OrderBy(word => word == "PID" ? "" : word, StringComparer.Ordinal));
        oci.Run("ps", "many", "-o", "comm").FailedInOneLine(1, "PID");
        oci.Run("ps", "--format", "xml", "many").FailedInOneLine(1, "format");

        oci.Run("kill", "--all", "many", "KILL").Succeeded();
        Eventually.True(() => oci.Run("ps", "-f", "json", "many").Output == "null\n", () => "an ended container has no processes");
        oci.Run("kill", "--all", "many", "9").Succeeded();
        oci.Run("delete", "many").Succeeded();
    }

    [Fact]
    public void Ps_shows_what_outlives_init_where_it_was_not_the_first_of_a_pid_namespace()
    {
        OciDriver oci = new(host);
        Start(oci, oci.Bundle("sleep 1014 & exit 0", ".linux.namespaces |= map(select(.type != \"pid\"))"), "orphans");

        Eventually.True(() => oci.Run("state", "orphans").Output.Contains("\"stopped\"", StringComparison.Ordinal), () => "init has ended");
        int pid = Assert.Single(JsonSerializer.Deserialize<int[]>(oci.Run("ps", "--format", "json", "orphans").Succeeded())!);
        Assert.Contains("1014", File.ReadAllText($"/proc/{pid}/cmdline"), StringComparison.Ordinal);

        oci.Run("delete", "--force", "orphans").Succeeded();
    }

    [Fact]
    public void Events_are_one_object_a_line_until_the_container_ends()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("sleep 1");
        Start(oci, bundle, "told");

        using JsonDocument once = JsonDocument.Parse(oci.Run("events", "--stats", "told").Succeeded());
        Assert.Equal("stats", once.RootElement.GetProperty("type").GetString());
        Assert.True(once.RootElement.GetProperty("data").GetProperty("cpu").GetProperty("usage").GetProperty("total").GetInt64() > 0);
        string[] lines = oci.Run("events", "--interval", "100ms", "told").Lines();
        Assert.InRange(lines.Length, 2, 20);
        Assert.All(lines, line => Assert.StartsWith("{\"type\":\"stats\",\"id\":\"told\",\"data\":{", line, StringComparison.Ordinal));

        oci.Run("events", "told").FailedInOneLine(1, "not running");
        oci.Run("delete", "told").Succeeded();
    }

    [Fact]
    public void Update_changes_the_device_rules_of_a_running_container_and_refuses_what_cannot_be_had()
    {
        // Nothing drives this number: one who may open it hears ENXIO, one who may not EPERM.
        const string Allowed = "No such device";
        const string Denied = "not permitted";
        OciDriver oci = new(host);
        string bundle = oci.Bundle(
            "while :; do sleep 0.02; done",
            ".linux.resources.devices = [{allow: false, access: \"rwm\"}, {allow: true, type: \"c\", major: 240, minor: 1, access: \"rwm\"}] | .linux.devices = [{path: \"/dev/odd\", type: \"c\", major: 240, minor: 1}]");
        Start(oci, bundle, "changed");
        string Open() => oci.Run("exec", "changed", "sh", "-c", "exec 3< /dev/null; exec 3< /dev/odd").Error;
        Assert.Contains(Allowed, Open(), StringComparison.Ordinal);

        File.WriteAllText(bundle + "/deny", """{"devices": [{"allow": false, "access": "rwm"}]}""");
        oci.Run("update", "--resources", bundle + "/deny", "changed").Succeeded();
        Assert.Contains(Denied, Open(), StringComparison.Ordinal);

        File.WriteAllText(bundle + "/allow", """{"devices": [{"allow": true, "access": "rwm"}]}""");
        oci.Run("update", $"--resources={bundle}/allow", "changed").Succeeded();
        Assert.Contains(Allowed, Open(), StringComparison.Ordinal);

        oci.Run("update", "--memory", "many", "changed").FailedInOneLine(1, "--memory");
        oci.Run("update", "--l3-cache-schema", "L3:0=1", "changed").FailedInOneLine(1, "linux.intelRdt");
        File.WriteAllText(bundle + "/bad", """{"memory": {"limit": "large"}}""");
        oci.Run("update", "-r", bundle + "/bad", "changed").FailedInOneLine(1, "memory.limit");
        oci.Run("delete", "--force", "changed").Succeeded();
        oci.Run("update", "--pids-limit", "5", "changed").FailedInOneLine(1, "does not exist");
    }

    [Fact]
    public void Delete_by_regular_expression_removes_what_matches()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("sleep 1012");
        foreach (string id in (string[])["web-1", "web-2", "db-1"])
        {
            Start(oci, bundle, id);
        }

        oci.Run("delete", "--regex", "^web").FailedInOneLine(1, "web-1", "web-2");
        oci.Run("delete", "--force", "--regex", "^web-[0-9]$").Succeeded();
        Assert.Equal("db-1", oci.Run("list", "-q").Succeeded());
        oci.Run("delete", "--force", "--regex", "(").FailedInOneLine(1, "is no regular expression: Unmatched (");
        oci.Run("delete", "-f", "db-1").Succeeded();
    }

    [Fact]
    public void Checkpoints_are_said_to_be_missing()
    {
        OciDriver oci = new(host);
        oci.Run("checkpoint", "--image-path", "/x", "box").FailedInOneLine(1, "checkpoint");
        oci.Run("restore", "box").FailedInOneLine(1, "restore");
    }

    private void Start(OciDriver oci, string bundle, string id)
    {
        host.Bash($"{host.MinirunOci} --root {oci.Root} run --detach --bundle {bundle} {id} < /dev/null > /dev/null 2> {bundle}/error || {{ cat {bundle}/error >&2; exit 1; }}").Succeeded();
    }
}
