namespace MiniRun.Runtime.Lifecycle;

/// <summary>A container's status as the runtime-spec names it, and "paused" as runc adds.</summary>
public enum ContainerStatus
{
    Creating,
    Created,
    Running,
    Paused,
    Stopped,
}
