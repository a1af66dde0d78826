namespace MiniRun.Conformance.Tests.Runtime;

/// <summary>runtime.md#lifecycle: what a hook that fails does.</summary>
public sealed class FailedHookTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime("prestart", "createRuntime", "createContainer")]
    [Must("runtime.md#lifecycle", "a prestart, createRuntime or createContainer hook fails: error; the container is stopped and destroyed")]
    [Must("runtime.md#lifecycle", "poststop hooks are invoked after a failed hook too")]
    public void A_hook_that_fails_during_create_undoes_the_container_and_poststop_runs(string runtime, string kind) => On(
        runtime,
        oci =>
        {
            HookLog hooks = new HookLog(oci, "true", "poststop").AddFailing(kind);

            oci.Refuses(hooks.Bundle);

            Assert.Empty(HostProcess.Descendants());
            Assert.False(hooks.Ran);
            Assert.Equal("poststop", string.Join(',', hooks.Words()));
        },
        kind);

    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "a startContainer hook fails: error; the container is stopped and destroyed, poststop hooks are invoked")]
    public void A_startContainer_hook_that_fails_undoes_the_container(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new HookLog(oci, "true", "poststop").AddFailing("startContainer");
        oci.Create(hooks.Bundle).Succeeded();

        Assert.NotEqual(0, oci.Start(hooks.Bundle).Status);

        Assert.Empty(HostProcess.Descendants());
        Assert.False(hooks.Ran);
        Assert.False(oci.Exists(hooks.Bundle), "the container waits for delete");
        Assert.Equal("poststop", string.Join(',', hooks.Words()));
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "a poststart hook fails: error; the container is stopped and destroyed, poststop hooks are invoked")]
    public void A_poststart_hook_that_fails_undoes_the_container(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new HookLog(oci, "exec sleep 1000", "poststop").AddFailing("poststart");
        oci.Create(hooks.Bundle).Succeeded();

        Assert.NotEqual(0, oci.Start(hooks.Bundle).Status);

        Assert.False(oci.Exists(hooks.Bundle), "the container waits for delete");
        Assert.Empty(HostProcess.Descendants());
        Assert.Equal("poststop", string.Join(',', hooks.Words()));
    });

    [Theory]
    [EachRuntime]
    [Must("runtime.md#lifecycle", "a poststop hook fails: a warning; the remaining hooks and the lifecycle go on")]
    [Must("runtime.md#warnings", "an operation that logs a warning goes on")]
    public void A_poststop_hook_that_fails_is_a_warning_and_the_next_runs(string runtime) => On(runtime, oci =>
    {
        HookLog hooks = new HookLog(oci, "true").AddFailing("poststop").Add("poststop", "second");
        oci.Create(hooks.Bundle).Succeeded();
        oci.Start(hooks.Bundle).Succeeded();
        oci.WaitUntilStopped(hooks.Bundle);

        ProgramResult delete = oci.Delete(hooks.Bundle);

        delete.Succeeded();
        Assert.Equal("second", string.Join(',', hooks.Words()));
        Assert.NotEqual("", delete.Error);
        Assert.False(oci.Exists(hooks.Bundle));
    });
}
