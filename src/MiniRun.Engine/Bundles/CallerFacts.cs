using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Users;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>What a bundle depends on that is not in the request: who calls, and what this host gives.</summary>
public sealed record CallerFacts
{
    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Capabilities the caller may hand on.</summary>
    public required CapabilitySet Bounding { get; init; }

    public required string HostName { get; init; }

    public required int Processors { get; init; }

    /// <summary>Host uids for a user namespace: root's are where --userns=private maps to, others' come from /etc/subuid.</summary>
    public SubordinateRange? SubordinateUids { get; init; }

    public SubordinateRange? SubordinateGids { get; init; }

    /// <summary>RLIMIT_NOFILE as whoever wants the container has it; null where this process's own is that.</summary>
    public RlimitSpec? Descriptors { get; init; }

    public bool IsRoot => Uid == 0;
}
