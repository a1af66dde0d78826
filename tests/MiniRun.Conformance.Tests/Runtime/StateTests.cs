using System.Text.Json.Nodes;

namespace MiniRun.Conformance.Tests.Runtime;

public sealed class StateTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime]
    [Must("runtime.md#scope-of-a-container", "who created a container can use all operations on it")]
    [Must("runtime.md#operations", "runtimes support state, create, start, kill and delete")]
    public void Who_created_a_container_can_use_every_operation_on_it(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("sleep 1000");
        oci.Create(bundle).Succeeded();
        Assert.Equal("created", oci.Status(bundle));
        oci.Start(bundle).Succeeded();
        Assert.Equal("running", oci.Status(bundle));
        oci.Kill(bundle, "KILL").Succeeded();
        oci.WaitUntilStopped(bundle);
        oci.Delete(bundle).Succeeded();
    });

    [Theory]
    [EachRuntime("created", "running", "stopped")]
    [Must("runtime.md#state", "ociVersion, id, status, bundle are there, and pid of a created or running container")]
    [Must("runtime.md#state", "the JSON adheres to state-schema.json")]
    [Must("runtime.md#query-state", "returns the state")]
    public void The_state_has_every_property_the_schema_requires(string runtime, string status) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.BundleIn(status);

            JsonObject state = oci.State(bundle);

            Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", (string)state["ociVersion"]!);
            Assert.Equal(OciRuntime.Id(bundle), (string)state["id"]!);
            Assert.Equal(status, (string)state["status"]!);
            Assert.Equal(bundle.Folder, (string)state["bundle"]!);
            Assert.Equal("b", (string)state["annotations"]!["a"]!);
            if (status != "stopped")
            {
                Assert.True(Directory.Exists($"/proc/{(int)state["pid"]!}"), "pid is a process");
            }
        },
        status);

    [Theory]
    [EachRuntime]
    [Must("runtime.md#state", "a status of the runtime's own is none of the four")]
    public void A_paused_container_has_a_status_of_its_own(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.BundleIn("running");
        oci.Do("pause", OciRuntime.Id(bundle)).Succeeded();
        Assert.DoesNotContain(oci.Status(bundle), (string[])["creating", "created", "running", "stopped"]);
        oci.Do("resume", OciRuntime.Id(bundle)).Succeeded();
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#query-state", "without an ID: error")]
    public void State_without_an_id_is_an_error(string runtime) => On(runtime, oci => Assert.NotEqual(0, oci.Do("state").Status));

    [Theory]
    [EachRuntime]
    [Must("runtime.md#query-state", "no such container: error")]
    public void State_of_no_container_is_an_error(string runtime) => On(runtime, oci => Assert.NotEqual(0, oci.Do("state", "no-such-container").Status));
}
