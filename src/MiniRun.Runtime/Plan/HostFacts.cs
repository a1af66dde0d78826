using MiniRun.Linux;
using MiniRun.Linux.Capabilities;

namespace MiniRun.Runtime.Plan;

/// <summary>What the plan must know of the launcher and its host; gathered once by Launch, so that the builder stays pure.</summary>
public sealed record HostFacts
{
    /// <summary>The launcher's effective user id.</summary>
    public required uint Uid { get; init; }

    /// <summary>The launcher's effective group id.</summary>
    public required uint Gid { get; init; }

    /// <summary>Whether the launcher runs in a user namespace other than the initial one: no device node can be made and no device rule attached there.</summary>
    public required bool InUserNamespace { get; init; }

    /// <summary>The launcher's effective capabilities, which count in its own user namespace.</summary>
    public required CapabilitySet Effective { get; init; }

    /// <summary>The launcher's bounding set: the most a container in its user namespace can have.</summary>
    public required CapabilitySet Bounding { get; init; }

    /// <summary>The host's cgroup v2 tree, or null where none is mounted.</summary>
    public CgroupFacts? Cgroup { get; init; }

    /// <summary>The host's resctrl file system, or null where none is mounted; looked at only where linux.intelRdt asks for it.</summary>
    public ResctrlFacts? Resctrl { get; init; }

    /// <summary>The security modules there are; looked at only where a label is asked for.</summary>
    public SecurityModules Modules { get; init; } = SecurityModules.None;

    /// <summary>Whether the launcher itself may clone and mount; otherwise init does so in the container's user namespace.</summary>
    public bool CanMount => Effective.Contains(Capability.CAP_SYS_ADMIN);

    /// <summary>Whether the launcher may write any id mapping; otherwise newuidmap and newgidmap must.</summary>
    public bool CanMapIds => Effective.Contains(Capability.CAP_SETUID) && Effective.Contains(Capability.CAP_SETGID);
}
