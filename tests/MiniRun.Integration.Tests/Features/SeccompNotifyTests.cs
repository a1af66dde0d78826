using System.Text.Json.Nodes;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>SCMP_ACT_NOTIFY: another process answers for system calls, and nothing runs where it is not there.</summary>
[Collection(ContainerTests.Name)]
public sealed class SeccompNotifyTests(ContainerHost host)
{
    private const string Refused = "Disk quota exceeded";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_agent_is_told_of_the_container_and_answers_from_the_first_call_on(bool noNewPrivileges)
    {
        OciBundle bundle = Asking("mkdir /tmp/x; echo $?", "mkdir", "mkdirat", "execve", "setresuid", "capset");
        bundle.Config["process"]!["noNewPrivileges"] = noNewPrivileges;
        using SeccompAgent agent = Agent(bundle);

        ProgramResult result = bundle.Run();

        Assert.Equal("1", result.Succeeded());
        Assert.Contains(Refused, result.Error, StringComparison.Ordinal);
        JsonNode message = JsonNode.Parse(Assert.Single(agent.Messages))!;
        Assert.Equal("[\"seccompFd\"]", message["fds"]!.ToJsonString());
        Assert.Equal("from the test", (string?)message["metadata"]);
        Assert.Equal("1.0.2", (string?)message["ociVersion"]);
        Assert.Equal("creating", (string?)message["state"]!["status"]);
        Assert.Equal(bundle.Folder, (string?)message["state"]!["bundle"]);
        Assert.Equal("y", (string?)message["state"]!["annotations"]!["x"]);
        Assert.Equal((int?)message["pid"], (int?)message["state"]!["pid"]);
        Assert.Contains(59, agent.Calls);
    }

    [Fact]
    public void Create_start_and_exec_hand_over_a_listener_each()
    {
        OciBundle bundle = Asking("sleep 1007", "mkdir", "mkdirat");
        using SeccompAgent agent = Agent(bundle);
        bundle.Write();
        string oci = $"{host.MinirunOci} --root {host.State} --cgroup-manager=disabled";

        host.Bash($"{oci} create --bundle {bundle.Folder} asked < /dev/null > {bundle.Folder}/out 2>&1 || {{ cat {bundle.Folder}/out; exit 1; }}").Succeeded();
        Assert.Empty(agent.Messages);
        host.Bash($"{oci} start asked").Succeeded();
        ProgramResult joined = host.Bash($"{oci} exec asked mkdir /tmp/x");
        host.Bash($"{oci} delete --force asked").Succeeded();

        Assert.Contains(Refused, joined.Error, StringComparison.Ordinal);
        JsonNode[] messages = [.. agent.Messages.Select(text => JsonNode.Parse(text)!)];
        Assert.Equal(["created", "running"], messages.Select(message => (string?)message["state"]!["status"]));
        Assert.Equal((int?)messages[0]["pid"], (int?)messages[1]["state"]!["pid"]);
        Assert.NotEqual((int?)messages[0]["pid"], (int?)messages[1]["pid"]);
    }

    [Fact]
    public void Where_nobody_listens_nothing_runs_and_nothing_is_left()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        OciBundle bundle = Asking("echo ran", "mkdir");

        ProgramResult result = bundle.Run();

        result.FailedInOneLine(1, "connect", bundle.Folder + "/agent.sock", "start the agent");
        Assert.DoesNotContain("ran", result.Output, StringComparison.Ordinal);
        Directory.Delete(bundle.Folder, recursive: true);
        before.AssertUnchanged(host, "a start without its seccomp agent");
    }

    [Fact]
    public void A_filter_that_keeps_init_from_telling_its_listener_starts_nothing()
    {
        OciBundle bundle = Asking("echo ran", "mkdir");
        bundle.Linux["seccomp"]!["syscalls"]!.AsArray().Add(JsonNode.Parse("""{"names": ["write"], "action": "SCMP_ACT_ERRNO"}"""));
        using SeccompAgent agent = Agent(bundle);

        ProgramResult result = bundle.Run();

        result.FailedInOneLine(1, "seccomp");
        Assert.DoesNotContain("ran", result.Output, StringComparison.Ordinal);
        Assert.Empty(agent.Messages);
    }

    private static SeccompAgent Agent(OciBundle bundle) => new(bundle.Folder + "/agent.sock");

    private OciBundle Asking(string script, params string[] calls)
    {
        OciBundle bundle = new(host, script, nameof(Asking));
        bundle.Config["annotations"] = new JsonObject { ["x"] = "y" };
        bundle.Linux["seccomp"] = new JsonObject
        {
            ["defaultAction"] = "SCMP_ACT_ALLOW",
            ["listenerPath"] = bundle.Folder + "/agent.sock",
            ["listenerMetadata"] = "from the test",
            ["flags"] = new JsonArray("SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"),
            ["syscalls"] = new JsonArray(new JsonObject
            {
                ["names"] = new JsonArray([.. calls.Select(call => (JsonNode?)call)]),
                ["action"] = "SCMP_ACT_NOTIFY",
            }),
        };
        return bundle;
    }
}
