using MiniRun.Linux.Processes;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>
/// What state.json says of a container. It is first written, as an intent, before anything is made, so that whoever finds
/// it after a crash knows all that may exist; other versions of minirun read it, so it has a version of its own.
/// </summary>
public sealed record ContainerState
{
    /// <summary>The format written here. A reader accepts older ones and refuses newer ones.</summary>
    public const int CurrentVersion = 1;

    public required ContainerId Id { get; init; }

    /// <summary>What was last committed: creating, created or running. Whether it is paused or stopped by now, only the kernel knows.</summary>
    public required ContainerStatus Committed { get; init; }

    public required string OciVersion { get; init; }

    /// <summary>The bundle's folder, absolute.</summary>
    public required string Bundle { get; init; }

    /// <summary>The root file system's folder on the host, absolute; an overlay's upper folder.</summary>
    public required string Rootfs { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The cgroup's folder, absolute, or null where there is none.</summary>
    public string? Cgroup { get; init; }

    /// <summary>The systemd scope that has the cgroup; null where minirun made it itself.</summary>
    public SystemdScope? Scope { get; init; }

    /// <summary>The container's groups of resctrl; null where linux.intelRdt asks for none.</summary>
    public ResctrlPlacement? Resctrl { get; init; }

    /// <summary>The container's pid 1 as the host sees it; null until it is committed.</summary>
    public ProcessIdentity? Init { get; init; }

    /// <summary>Whether config.json holds hooks, so that only then it is read again.</summary>
    public bool HasHooks { get; init; }

    /// <summary>What `start` reads back before the program starts.</summary>
    public required ProcessExpectation Expected { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
