using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>A container, and what it does now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Record">What it is; null where it was made by half, or its record is damaged.</param>
/// <param name="Phase">What it does.</param>
public sealed record ContainerSummary(ContainerId Id, ContainerRecord? Record, ContainerPhase Phase)
{
    /// <summary>What it does, in docker's word.</summary>
    public string PhaseName => Phase switch
    {
        ContainerPhase.Created => "created",
        ContainerPhase.Running => "running",
        ContainerPhase.Paused => "paused",
        ContainerPhase.Restarting => "restarting",
        ContainerPhase.Exited => "exited",
        _ => "dead",
    };

    /// <summary>How its program has fared; null where it was never started, or is attended by a `run` without a monitor.</summary>
    public ContainerLife? Life { get; init; }

    /// <summary>The host's pid of its first process; 0 where it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>When its program was started; null where it never was.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Whether it runs though its monitor is dead: nobody logs its output, nor starts it again.</summary>
    public bool Unattended { get; init; }

    /// <summary>Whether it has processes.</summary>
    public bool Running => Phase is ContainerPhase.Running or ContainerPhase.Paused;
}
