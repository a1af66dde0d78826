namespace MiniRun.Engine.Containers;

/// <summary>What a container does, in docker's words.</summary>
public enum ContainerPhase
{
    /// <summary>Made, and never started.</summary>
    Created,

    Running,

    Paused,

    /// <summary>Its program has ended, and its monitor is about to start it again.</summary>
    Restarting,

    Exited,

    /// <summary>Half made or half removed: `rm -f` clears it.</summary>
    Dead,
}
