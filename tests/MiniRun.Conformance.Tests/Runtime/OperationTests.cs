namespace MiniRun.Conformance.Tests.Runtime;

/// <summary>runtime.md#operations: create, start, kill and delete.</summary>
public sealed class OperationTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime("create", "start", "kill", "delete")]
    [Must("runtime.md#create", "without a bundle and an ID: error")]
    [Must("runtime.md#start", "without an ID: error")]
    [Must("runtime.md#kill", "without an ID: error")]
    [Must("runtime.md#delete", "without an ID: error")]
    public void An_operation_without_an_id_is_an_error(string runtime, string operation) =>
        On(runtime, oci => Assert.NotEqual(0, oci.Do(operation).Status), operation);

    [Theory]
    [EachRuntime]
    [Must("runtime.md#create", "without a bundle and an ID: error")]
    public void Create_without_a_bundle_is_an_error(string runtime) => On(runtime, oci =>
        Assert.NotEqual(0, oci.Do("create", "--bundle", Host.NewFolder(), "no-bundle").Status));

    [Theory]
    [EachRuntime]
    [Must("runtime.md#create", "an ID in use: error, and no new container")]
    [Must("runtime.md#state", "an ID is unique")]
    public void Create_with_an_id_in_use_is_an_error_and_touches_nothing(string runtime) => On(runtime, oci =>
    {
        OciBundle first = oci.BundleIn("created");
        int pid = oci.Pid(first);
        OciBundle second = oci.Bundle();
        second.Write();

        Assert.NotEqual(0, oci.Do("create", "--bundle", second.Folder, OciRuntime.Id(first)).Status);

        Assert.Equal(pid, oci.Pid(first));
        Assert.Equal("created", oci.Status(first));
        Assert.Equal(first.Folder, (string?)oci.State(first)["bundle"]);
    });

    [Theory]
    [EachRuntime("", "../climbs", "a/b", "..")]
    [Must("runtime.md#create", "an ID that is not valid: error, and no new container")]
    public void Create_with_an_id_that_is_no_name_is_an_error(string runtime, string id) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle();
            bundle.Write();
            Assert.NotEqual(0, Host.Bash($"{oci.Command} create --bundle {bundle.Folder} '{id}' < /dev/null > /dev/null 2>&1").Status);
            Assert.DoesNotContain(HostProcess.Descendants(), process => process.Name.Contains("init", StringComparison.Ordinal));
        },
        id);

    [Theory]
    [EachRuntime("running", "stopped")]
    [Must("runtime.md#start", "a container that is not created: error, and no effect")]
    public void Start_of_a_container_that_is_not_created_is_an_error(string runtime, string status) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.BundleIn(status);
            Assert.NotEqual(0, oci.Start(bundle).Status);
            Assert.Equal(status, oci.Status(bundle));
        },
        status);

    [Theory]
    [EachRuntime]
    [Must("runtime.md#start", "no process: error")]
    [Must("config.md#process", "process is required for start")]
    public void Start_without_a_process_is_an_error(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle().Without("process");
        Assert.False(oci.Create(bundle).Status == 0 && oci.Start(bundle).Status == 0, "a container without a process is started");
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#kill", "a container that is not created or running: error")]
    public void Kill_of_a_stopped_container_is_an_error(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.BundleIn("stopped");
        Assert.NotEqual(0, oci.Kill(bundle, "TERM").Status);
        Assert.Equal("stopped", oci.Status(bundle));
    });

    [Theory]
    [EachRuntime("USR1", "HUP", "37")]
    [Must("runtime.md#kill", "sends the signal to the container's process")]
    public void Kill_sends_the_signal(string runtime, string signal) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle($"trap 'echo got; exit' {signal}; echo ready; while :; do sleep 0.02; done");
            oci.Create(bundle).Succeeded();
            oci.Start(bundle).Succeeded();
            Eventually.True(() => OciRuntime.Output(bundle).Contains("ready", StringComparison.Ordinal), () => "the program runs");

            oci.Kill(bundle, signal).Succeeded();

            oci.WaitUntilStopped(bundle);
            Assert.Equal("ready\ngot\n", OciRuntime.Output(bundle));
        },
        signal);

    [Theory]
    [EachRuntime]
    [Must("runtime.md#kill", "sends the signal to the container's process")]
    public void Kill_reaches_a_created_container(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.BundleIn("created");
        oci.Kill(bundle, "KILL").Succeeded();
        oci.WaitUntilStopped(bundle);
    });

    [Theory]
    [EachRuntime("created", "running")]
    [Must("runtime.md#delete", "a container that is not stopped: error, and no effect")]
    public void Delete_of_a_container_that_is_not_stopped_is_an_error(string runtime, string status) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.BundleIn(status);
            ProgramResult delete = oci.Delete(bundle);
            Assert.True(oci.Exists(bundle), "the container is deleted");
            Assert.NotEqual(0, delete.Status);
            Assert.Equal(status, oci.Status(bundle));
        },
        status);

    [Theory]
    [EachRuntime]
    [Must("runtime.md#delete", "what the container did not make is not deleted")]
    public void Delete_leaves_what_the_container_did_not_make(string runtime) => On(runtime, oci =>
    {
        string volume = Host.NewFolder();
        File.WriteAllText(volume + "/kept", "kept");
        OciBundle bundle = oci.Bundle().Mount($$"""{"destination": "/m", "type": "bind", "source": "{{volume}}", "options": ["bind"]}""");
        using RunningProgram other = Host.StartWith([], "unshare", "--uts", "sh", "-c", "echo ready; exec sleep 1000");
        other.WaitForOutput("ready");
        bundle.WithoutNamespace("uts").Without("hostname").With("linux.namespaces.-", $$"""{"type": "uts", "path": "/proc/{{other.Pid}}/ns/uts"}""");

        oci.Prints(bundle);

        Assert.Equal("kept", File.ReadAllText(volume + "/kept"));
        Assert.True(File.Exists(bundle.Root + "/bin/sh"));
        Assert.False(other.HasExited);
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#delete", "what the container did not make is not deleted")]
    public void Delete_leaves_a_cgroup_that_was_there_before(string runtime) => On(runtime, oci =>
    {
        const string Cgroup = "/sys/fs/cgroup/there-before";
        Directory.CreateDirectory(Cgroup);
        try
        {
            oci.Prints(oci.Bundle().With("linux.cgroupsPath", "\"/there-before\""));
            Assert.True(Directory.Exists(Cgroup), "the cgroup is deleted");
        }
        finally
        {
            if (Directory.Exists(Cgroup))
            {
                Directory.Delete(Cgroup);
            }
        }
    });
}
