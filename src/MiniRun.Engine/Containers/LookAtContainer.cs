using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>
/// Finds out what a container does: the runtime says whether it has processes, its life what was last recorded, and its monitor's lock
/// whether anybody attends it. None of them is believed where another one knows better.
/// </summary>
public sealed class LookAtContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>Looks at the container that people call so.</summary>
    /// <exception cref="MiniRunException">There is none, or more than one.</exception>
    public ContainerSummary At(string reference) => At(store.Find(reference));

    /// <summary>Looks at a container.</summary>
    public ContainerSummary At(ContainerId id)
    {
        try
        {
            return At(id, runtime.State(id));
        }
        catch (NoSuchContainerException)
        {
            return At(id, report: null);
        }
    }

    /// <summary>The same where the runtime was asked already; null is that it knows of none.</summary>
    internal ContainerSummary At(ContainerId id, ContainerReport? report)
    {
        ContainerRecord? record;
        try
        {
            record = store.Read(id);
        }
        catch (MiniRunException)
        {
            // One damaged container must not hide the others; rm -f clears it.
            record = null;
        }

        if (record is null)
        {
            return new ContainerSummary(id, null, report is { Status: ContainerStatus.Running or ContainerStatus.Paused } ? ContainerPhase.Running : ContainerPhase.Dead) { Pid = report?.Pid ?? 0 };
        }

        ContainerLife? life = LifeOf(id);
        ContainerPhase phase = PhaseOf(id, life, report);
        bool runs = phase is ContainerPhase.Running or ContainerPhase.Paused;
        return new ContainerSummary(id, record, phase)
        {
            Life = life,
            Pid = runs ? report?.Pid ?? 0 : 0,
            Started = life?.Started ?? (runs ? report?.Created : null),
            Unattended = runs && life is not null && !IsAttended(id),
        };
    }

    private ContainerPhase PhaseOf(ContainerId id, ContainerLife? life, ContainerReport? report) => report?.Status switch
    {
        ContainerStatus.Running => ContainerPhase.Running,
        ContainerStatus.Paused => ContainerPhase.Paused,
        _ when life is { Restarting: true } && IsAttended(id) => ContainerPhase.Restarting,
        _ when life is { Started: not null, Finished: null } && IsAttended(id) => ContainerPhase.Running, // its end is being recorded
        _ when life is { Started: null, Error: null } => ContainerPhase.Created,
        _ when life is not null => ContainerPhase.Exited,
        null => ContainerPhase.Created,
        _ => IsAttended(id) ? ContainerPhase.Created : ContainerPhase.Dead, // left by a `run` without a monitor that was killed
    };

    /// <summary>A program that was to be started, and of which nothing can be read, is not one that was never started.</summary>
    private ContainerLife? LifeOf(ContainerId id)
    {
        try
        {
            return store.ReadLife(id) ?? (store.IsLifeReserved(id) && !IsAttended(id) ? ContainerLife.Unknown : null);
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ENOENT)
        {
            return null; // removed meanwhile
        }
        catch (MiniRunException)
        {
            return ContainerLife.Unknown;
        }
    }

    private bool IsAttended(ContainerId id) => MonitorLock.IsHeld(store.FolderOf(id));
}
