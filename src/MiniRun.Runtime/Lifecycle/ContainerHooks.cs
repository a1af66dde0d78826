using MiniRun.Linux;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>A container's hooks in the runtime's namespaces, each at its moment (runtime.md#lifecycle).</summary>
internal sealed class ContainerHooks(HooksSpec hooks, ContainerState state)
{
    /// <summary>Whether the launch has come as far as its hooks: from there on poststop is owed.</summary>
    public bool Begun { get; private set; }

    /// <summary>The hooks of a container that was made; null where it has none. Its own config.json is read, because the bundle may be gone.</summary>
    public static ContainerHooks? Of(ContainerFolder folder, ContainerState? state) =>
        state is { HasHooks: true } ? new ContainerHooks(SpecReader.Read(folder.ReadConfig()).Hooks, state) : null;

    public void Begin() => Begun = true;

    /// <summary>prestart and createRuntime, by the plan's step.</summary>
    public void Run(LaunchStep step, int pid)
    {
        bool first = step.Source == "hooks.prestart";
        HookSpec hook = (first ? hooks.Prestart : hooks.CreateRuntime)[step.SourceIndex];
        Run(hook, first ? "prestart" : "createRuntime", step.SourceIndex, State("creating", pid));
    }

    /// <summary>The first that fails ends them.</summary>
    /// <exception cref="LaunchException">One failed; the container must not live on.</exception>
    public void Poststart(int pid)
    {
        for (int i = 0; i < hooks.Poststart.Count; i++)
        {
            Run(hooks.Poststart[i], "poststart", i, State("running", pid));
        }
    }

    /// <summary>One that fails is told and keeps no other from running.</summary>
    public void Poststop(Action<string> warn)
    {
        for (int i = 0; i < hooks.Poststop.Count; i++)
        {
            try
            {
                Run(hooks.Poststop[i], "poststop", i, State("stopped", pid: 0));
            }
            catch (MiniRunException failure)
            {
                warn(failure.Message);
            }
        }
    }

    private void Run(HookSpec hook, string kind, int index, string text) => HookRunner.Run(hook, $"{kind} hook #{index}", text, state.Bundle);

    private string State(string status, int pid) => OciState.Of(state.OciVersion, state.Id, status, state.Bundle, state.Annotations).With(pid);
}
