namespace MiniRun.Runtime.Lifecycle;

/// <summary>The statuses' words, as state.json and every command print them.</summary>
public static class ContainerStatusWords
{
    public static string Word(this ContainerStatus status) => status switch
    {
        ContainerStatus.Creating => "creating",
        ContainerStatus.Created => "created",
        ContainerStatus.Running => "running",
        ContainerStatus.Paused => "paused",
        _ => "stopped",
    };

    /// <summary>The status a word means; null for another word.</summary>
    public static ContainerStatus? Parse(string? word) => word switch
    {
        "creating" => ContainerStatus.Creating,
        "created" => ContainerStatus.Created,
        "running" => ContainerStatus.Running,
        "paused" => ContainerStatus.Paused,
        "stopped" => ContainerStatus.Stopped,
        _ => null,
    };
}
