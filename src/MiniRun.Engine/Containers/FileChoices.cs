using MiniRun.Engine.Options;

namespace MiniRun.Engine.Containers;

/// <summary>What `run` was told of the container's files and devices.</summary>
public sealed record FileChoices
{
    public bool ReadOnly { get; init; }

    /// <summary>-v, --mount and --tmpfs, each kind in its order.</summary>
    public IReadOnlyList<UserMount> Mounts { get; init; } = [];

    public IReadOnlyList<VolumesFrom> VolumesFrom { get; init; } = [];

    public IReadOnlyList<DeviceMapping> Devices { get; init; } = [];

    /// <summary>Size of /dev/shm; null is docker's 64m.</summary>
    public ByteSize? ShmSize { get; init; }
}
