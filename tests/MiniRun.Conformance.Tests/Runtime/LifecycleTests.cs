namespace MiniRun.Conformance.Tests.Runtime;

/// <summary>runtime.md#lifecycle, but for the hooks, which have their own file.</summary>
public sealed class LifecycleTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "create makes the environment and does not run the program")]
    [Must("runtime.md#create", "process.args is not applied before start")]
    [Must("runtime.md#create", "creates a new container")]
    public void Create_makes_the_environment_and_runs_nothing(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("echo ran; exec sleep 1000");

        oci.Create(bundle).Succeeded();

        string[] own = Namespaces("self");
        string[] made = Namespaces($"{oci.Pid(bundle)}");
        Assert.Empty(own.Intersect(made));
        Thread.Sleep(50);
        Assert.Equal("", OciRuntime.Output(bundle));
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "start runs the program as process says")]
    [Must("runtime.md#start", "runs the program as process says")]
    public void Start_runs_the_program(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("echo $A; pwd; id -u").With("process.env.-", "\"A=b\"").With("process.cwd", "\"/etc\"").With("process.user.uid", "7");
        oci.Create(bundle).Succeeded();
        oci.Start(bundle).Succeeded();
        oci.WaitUntilStopped(bundle);
        Assert.Equal("b\n/etc\n7\n", OciRuntime.Output(bundle));
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "an environment that cannot be made: error")]
    [Must("runtime.md#create", "a property that cannot be applied: error, and no container")]
    public void An_environment_that_cannot_be_made_is_an_error(string runtime) => On(runtime, oci =>
        oci.Refuses(oci.Bundle().Mount("""{"destination": "/m", "type": "bind", "source": "/no/such/folder", "options": ["bind"]}""")));

    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "later changes of config.json do not affect the container")]
    public void A_later_change_of_config_json_changes_nothing(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("echo first");
        oci.Create(bundle).Succeeded();
        bundle.With("process.args", """["echo", "second"]""").Write();
        oci.Start(bundle).Succeeded();
        oci.WaitUntilStopped(bundle);
        Assert.Equal("first\n", OciRuntime.Output(bundle));
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#errors", "an error leaves everything as if nothing had been attempted")]
    public void An_error_leaves_nothing_behind(string runtime) => On(runtime, oci =>
    {
        // What the first container makes and keeps (the state root, mount points of an image without any) is not a leftover.
        OciBundle bundle = oci.Bundle(copiesRoot: true).With("linux.cgroupsPath", "\"/left\"");
        oci.Prints(bundle);
        bundle.Write();
        File.WriteAllText(bundle.Folder + "/output", "");
        File.WriteAllText(bundle.Folder + "/error", "");
        HostSnapshot before = HostSnapshot.Take(Host);

        // The mount fails after namespaces, cgroup and other mounts have been made.
        bundle.Mount("""{"destination": "/m", "type": "no-such-file-system", "source": "none"}""");
        oci.Refuses(bundle);

        before.AssertUnchanged(Host, "a failed create");
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "delete undoes what create did")]
    [Must("runtime.md#delete", "deletes what create made")]
    public void Delete_undoes_what_create_did(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("true").With("linux.cgroupsPath", "\"/undone\"").Mount("""{"destination": "/m", "type": "tmpfs", "source": "tmpfs"}""");
        oci.Prints(bundle);
        File.WriteAllText(bundle.Folder + "/output", "");
        File.WriteAllText(bundle.Folder + "/error", "");
        HostSnapshot before = HostSnapshot.Take(Host);

        oci.Create(bundle).Succeeded();
        oci.Start(bundle).Succeeded();
        oci.WaitUntilStopped(bundle);
        oci.Delete(bundle).Succeeded();

        Assert.False(oci.Exists(bundle));
        before.AssertUnchanged(Host, "a container's life");
    });

    private static string[] Namespaces(string pid) =>
        [.. ((string[])["mnt", "uts", "ipc", "net", "pid"]).Select(name => new FileInfo($"/proc/{pid}/ns/{name}").LinkTarget!)];
}
