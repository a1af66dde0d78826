using System.Text.Json.Nodes;

namespace MiniRun.Conformance.Tests.Config;

/// <summary>config.md#posix-platform-hooks: which, where, when and with what.</summary>
public sealed class HookTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop")]
    [Must("config.md#posix-platform-hooks", "path is absolute")]
    public void A_relative_path_of_a_hook_is_an_error(string runtime, string kind) =>
        On(runtime, oci => oci.Refuses(oci.Bundle().With($"hooks.{kind}.-", """{"path": "bin/true"}""")), kind);

    [Theory]
    [EachRuntime("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop")]
    [Must("config.md#posix-platform-hooks", "timeout is above zero")]
    public void A_timeout_of_zero_is_an_error(string runtime, string kind) =>
        On(runtime, oci => oci.Refuses(oci.Bundle().With($"hooks.{kind}.-", """{"path": "/bin/cat", "timeout": 0}""")), kind);

    [Theory]
    [EachRuntime("prestart", "createRuntime", "poststart", "poststop")]
    [Must("config.md#posix-platform-hooks", "prestart, createRuntime, poststart and poststop: path resolves in the runtime namespace")]
    [Must("config.md#posix-platform-hooks", "prestart, createRuntime, poststart and poststop: executed in the runtime namespace")]
    public void A_hook_of_the_runtime_runs_in_the_runtimes_namespaces(string runtime, string kind) => On(
        runtime,
        oci =>
        {
            HookLine line = Only(oci, kind);
            Assert.Equal(new FileInfo("/proc/self/ns/mnt").LinkTarget, line.MountNamespace);
        },
        kind);

    [Theory]
    [EachRuntime]
    [Must("config.md#createcontainer-hooks", "path resolves in the runtime namespace")]
    [Must("config.md#createcontainer-hooks", "executed in the container namespace")]
    public void A_createContainer_hook_is_found_outside_and_runs_inside(string runtime) => On(runtime, oci =>
    {
        HookLine line = Only(oci, "createContainer");
        Assert.NotEqual(new FileInfo("/proc/self/ns/mnt").LinkTarget, line.MountNamespace);
        Assert.True(line.SeesHost);
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#startcontainer-hooks", "path resolves in the container namespace")]
    [Must("config.md#startcontainer-hooks", "executed in the container namespace")]
    public void A_startContainer_hook_is_found_inside_and_runs_inside(string runtime) => On(runtime, oci =>
    {
        HookLine line = Only(oci, "startContainer");
        Assert.NotEqual(new FileInfo("/proc/self/ns/mnt").LinkTarget, line.MountNamespace);
        Assert.False(line.SeesHost);
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#posix-platform-hooks", "called in the listed order")]
    [Must("config.md#prestart", "before createRuntime")]
    [Must("config.md#createcontainer-hooks", "after createRuntime")]
    [Must("runtime.md#lifecycle", "prestart, createRuntime, createContainer, startContainer, poststart and poststop hooks are invoked")]
    public void Hooks_are_called_in_order(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new(oci, "exec sleep 1000");

        // Who does not wait for startContainer hooks is found out.
        hooks.Bundle.With("hooks.startContainer.-", """{"path": "/bin/sh", "args": ["sh", "-c", "cat; sleep 0.3"]}""");
        foreach (string kind in HookLog.Kinds.Reverse())
        {
            hooks.Add(kind, kind + " 1").Add(kind, kind + " 2");
        }

        Live(oci, hooks);

        Assert.Equal(HookLog.Kinds.SelectMany(kind => (string[])[kind + " 1", kind + " 2"]), hooks.Words());
    });

    [Theory]
    [EachRuntime("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop")]
    [Must("config.md#posix-platform-hooks", "the state comes over stdin")]
    public void A_hook_gets_the_state_over_stdin(string runtime, string kind) => On(
        runtime,
        oci =>
        {
            HookLog hooks = new(oci, "exec sleep 1000", kind);
            hooks.Bundle.With("annotations.a", "\"b\"");
            int pid = Live(oci, hooks);

            JsonNode state = JsonNode.Parse(Assert.Single(hooks.Lines()).State)!;
            Assert.Equal(OciRuntime.Id(hooks.Bundle), (string?)state["id"]);
            Assert.Equal(hooks.Bundle.Folder, (string?)state["bundle"]);
            Assert.Equal("b", (string?)state["annotations"]!["a"]);
            Assert.NotNull(state["ociVersion"]);
            Assert.Contains((string?)state["status"], (string[])["creating", "created", "running", "stopped"]);
            if (kind != "poststop")
            {
                Assert.Equal(kind is "createContainer" or "startContainer" ? 1 : pid, (int)state["pid"]!);
            }
        },
        kind);

    [Theory]
    [EachRuntime("prestart", "createRuntime")]
    [Must("config.md#prestart", "during create, after the environment is made, before pivot_root")]
    [Must("config.md#createruntime-hooks", "during create, after the environment is made, before pivot_root")]
    public void A_hook_of_create_finds_the_namespaces_made_and_the_root_not_yet_changed(string runtime, string kind) => On(
        runtime,
        oci =>
        {
            HookLog hooks = new(oci, "true", kind);
            oci.Create(hooks.Bundle).Succeeded();

            HookLine line = Assert.Single(hooks.Lines());
            Assert.NotEqual(new FileInfo("/proc/self/ns/mnt").LinkTarget, line.ContainersMountNamespace);
            Assert.True(line.RootIsHosts, "the root has been changed");
            Assert.False(line.ProgramHasRun);
        },
        kind);

    [Theory]
    [EachRuntime]
    [Must("config.md#createcontainer-hooks", "during create, after the environment is made, before pivot_root")]
    public void A_createContainer_hook_runs_during_create_before_the_root_is_changed(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new(oci, "true", "createContainer");

        // What the hook looks for is there once the mounts have been made.
        hooks.Bundle.Mount("""{"destination": "/made", "type": "tmpfs", "source": "made"}""")
            .With("hooks.createContainer.-", $$"""{"path": "/bin/sh", "args": ["sh", "-c", "cat; grep -q ' {{hooks.Bundle.Root}}/made ' /proc/self/mountinfo"]}""");
        oci.Create(hooks.Bundle).Succeeded();

        HookLine line = Assert.Single(hooks.Lines());
        Assert.True(line.SeesHost);
        Assert.False(line.ProgramHasRun);
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#startcontainer-hooks", "as part of start, before the program")]
    public void A_startContainer_hook_runs_during_start_before_the_program(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new(oci, "true", "startContainer");
        oci.Create(hooks.Bundle).Succeeded();
        Assert.Empty(hooks.Lines());

        oci.Start(hooks.Bundle).Succeeded();

        oci.WaitUntilStopped(hooks.Bundle);
        Assert.False(Assert.Single(hooks.Lines()).ProgramHasRun);
        Assert.True(hooks.Ran);
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#poststart", "after the program is executed, before start returns")]
    public void A_poststart_hook_runs_once_the_program_is_executed_and_before_start_returns(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new(oci, "true", "poststart");
        hooks.Bundle.With("process.args", """["sleep", "1000"]""");
        oci.Create(hooks.Bundle).Succeeded();
        Assert.Empty(hooks.Lines());

        oci.Start(hooks.Bundle).Succeeded();

        Assert.Equal("sleep", Assert.Single(hooks.Lines()).Process);
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#poststop", "after the container is deleted, before delete returns")]
    public void A_poststop_hook_runs_once_the_container_is_deleted_and_before_delete_returns(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new(oci, "true", "poststop");

        // The container's cgroup is the part of it that a hook can look for, whatever the runtime.
        hooks.Bundle.With("linux.cgroupsPath", "\"/stops\"")
            .With("hooks.poststop.-", $$"""{"path": "/bin/sh", "args": ["sh", "-c", "cat; [ ! -e /sys/fs/cgroup/stops ] && touch {{hooks.Bundle.Folder}}/deleted"]}""");
        oci.Create(hooks.Bundle).Succeeded();
        oci.Start(hooks.Bundle).Succeeded();
        oci.WaitUntilStopped(hooks.Bundle);
        Assert.Empty(hooks.Lines());

        oci.Delete(hooks.Bundle).Succeeded();

        Assert.Single(hooks.Lines());
        Assert.True(File.Exists(hooks.Bundle.Folder + "/deleted"), "the cgroup is still there when the hook runs");
    });

    private static HookLine Only(OciRuntime oci, string kind)
    {
        HookLog hooks = new(oci, "exec sleep 1000", kind);
        Live(oci, hooks);
        return Assert.Single(hooks.Lines());
    }

    /// <summary>A container's life; returns its pid.</summary>
    private static int Live(OciRuntime oci, HookLog hooks)
    {
        oci.Create(hooks.Bundle).Succeeded();
        int pid = oci.Pid(hooks.Bundle);
        oci.Start(hooks.Bundle).Succeeded();
        Eventually.True(() => hooks.Ran, () => "the program runs");
        oci.Kill(hooks.Bundle, "KILL").Succeeded();
        oci.WaitUntilStopped(hooks.Bundle);
        oci.Delete(hooks.Bundle).Succeeded();
        return pid;
    }
}
