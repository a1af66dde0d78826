using System.Text.Json.Nodes;

namespace MiniRun.Conformance.Tests.Linux;

/// <summary>config-linux.md#seccomp and #the-container-process-state.</summary>
public sealed class SeccompTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime("SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP", "SCMP_ACT_ALLOW", "SCMP_ACT_LOG")]
    [Must("config-linux.md#seccomp", "errnoRet of an action that takes none: error")]
    public void ErrnoRet_of_an_action_without_one_is_an_error(string runtime, string action) => On(
        runtime,
        oci => oci.Refuses(oci.Bundle().With(
            "linux.seccomp",
            $$"""{"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["chmod"], "action": "{{action}}", "errnoRet": 5}]}""")),
        action);

    [Theory]
    [EachRuntime("SCMP_ACT_ALLOW", "SCMP_ACT_LOG")]
    [Must("config-linux.md#seccomp", "defaultErrnoRet of an action that takes none: error")]
    public void DefaultErrnoRet_of_an_action_without_one_is_an_error(string runtime, string action) => On(
        runtime,
        oci => oci.Refuses(oci.Bundle().With("linux.seccomp", $$"""{"defaultAction": "{{action}}", "defaultErrnoRet": 5}""")),
        action);

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#seccomp", "names has at least one entry")]
    public void A_rule_without_names_is_an_error(string runtime) => On(runtime, oci =>
        oci.Refuses(oci.Bundle().With("linux.seccomp", """{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": [], "action": "SCMP_ACT_ERRNO"}]}""")));

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#seccomp", "listenerMetadata is not set without listenerPath")]
    public void ListenerMetadata_without_listenerPath_is_an_error(string runtime) => On(runtime, oci =>
        oci.Refuses(oci.Bundle().With("linux.seccomp", """{"defaultAction": "SCMP_ACT_ALLOW", "listenerMetadata": "m"}""")));

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#seccomp", "listenerPath is ignored without SCMP_ACT_NOTIFY")]
    public void ListenerPath_without_notify_is_ignored(string runtime) => On(runtime, oci =>
        Assert.Equal("ran", oci.Prints(oci.Bundle("echo ran").With("linux.seccomp", """{"defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/no/such/socket"}"""))));

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#seccomp", "the state cannot be sent: error")]
    public void A_listener_that_is_not_there_is_an_error(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = Notifying(oci, "echo ran");
        ProgramResult run = oci.Run(bundle);
        Assert.NotEqual(0, run.Status);
        Assert.Equal("", run.Output);
    });

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#seccomp", "the socket is AF_UNIX and SOCK_STREAM")]
    [Must("config-linux.md#seccomp", "one state a connection, which is closed after it")]
    [Must("config-linux.md#the-container-process-state", "sent as JSON, with the descriptors as SCM_RIGHTS in the first message")]
    [Must("config-linux.md#the-container-process-state", "ociVersion, fds, pid, metadata and state are there")]
    public void The_listener_gets_the_state_and_the_descriptor_once(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = Notifying(oci, "mkdir /tmp/x 2> /dev/null || echo refused").With("annotations.a", "\"b\"");
        using SeccompAgent agent = new(bundle.Folder + "/agent.sock");

        Assert.Equal("refused", oci.Prints(bundle));

        // The agent could answer: the descriptor came with the first message.
        Assert.NotEmpty(agent.Calls);
        Assert.True(agent.ConnectionsClosed, "the connection is left open");
        JsonNode message = JsonNode.Parse(Assert.Single(agent.Messages))!;
        Assert.NotNull(message["ociVersion"]);
        Assert.Equal("[\"seccompFd\"]", message["fds"]!.ToJsonString());
        Assert.True((int)message["pid"]! > 1, "pid is the runtime's view");
        Assert.Equal("opaque", (string?)message["metadata"]);
        Assert.Equal(OciRuntime.Id(bundle), (string?)message["state"]!["id"]);
        Assert.Equal(bundle.Folder, (string?)message["state"]!["bundle"]);
        Assert.Equal("b", (string?)message["state"]!["annotations"]!["a"]);
        Assert.NotNull(message["state"]!["ociVersion"]);
        Assert.Contains((string?)message["state"]!["status"], (string[])["creating", "created"]);
    });

    private static OciBundle Notifying(OciRuntime oci, string script)
    {
        OciBundle bundle = oci.Bundle(script, nameof(Notifying));
        return bundle.With("linux.seccomp", $$"""
            {"defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "{{bundle.Folder}}/agent.sock", "listenerMetadata": "opaque",
             "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_NOTIFY"}]}
            """);
    }
}
