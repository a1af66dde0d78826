namespace MiniRun.Runtime.Lifecycle;

/// <summary>A container as `state` and `list` show it.</summary>
public sealed record ContainerReport
{
    public required ContainerId Id { get; init; }

    public required ContainerStatus Status { get; init; }

    /// <summary>The host's pid of the container's first process, or 0 where it has none (any more).</summary>
    public required int Pid { get; init; }

    public required string OciVersion { get; init; }

    public required string Bundle { get; init; }

    public required string Rootfs { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The user who made it.</summary>
    public required uint OwnerUid { get; init; }

    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>The cgroup's absolute folder, or null.</summary>
    public required string? Cgroup { get; init; }
}
