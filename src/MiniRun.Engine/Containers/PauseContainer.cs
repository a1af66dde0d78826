using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun pause` and `unpause`: all processes of a container stand still, and go on.</summary>
public sealed class PauseContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <exception cref="MiniRunException">It does not run, is paused already, or has no cgroup.</exception>
    public void Pause(string reference)
    {
        ContainerSummary container = Require(reference, ContainerPhase.Running, phase => phase == ContainerPhase.Paused ? "is already paused" : "is not running");
        runtime.Pause(container.Id);
        store.Events.Container(container.Record, "pause");
    }

    /// <exception cref="MiniRunException">It is not paused.</exception>
    public void Unpause(string reference)
    {
        ContainerSummary container = Require(reference, ContainerPhase.Paused, static _ => "is not paused");
        runtime.Resume(container.Id);
        store.Events.Container(container.Record, "unpause");
    }

    private ContainerSummary Require(string reference, ContainerPhase wanted, Func<ContainerPhase, string> refusal)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(reference);
        return container.Phase == wanted ? container : throw new MiniRunException($"Container {reference} {refusal(container.Phase)}");
    }
}
