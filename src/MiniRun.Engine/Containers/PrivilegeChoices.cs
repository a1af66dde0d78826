using MiniRun.Engine.Options;

namespace MiniRun.Engine.Containers;

/// <summary>What `run` was told of the program's privileges.</summary>
public sealed record PrivilegeChoices
{
    public IReadOnlyList<CapabilityChange> Add { get; init; } = [];

    public IReadOnlyList<CapabilityChange> Drop { get; init; } = [];

    /// <summary>--privileged: every capability of the caller's bounding set, all devices, no seccomp, nothing masked.</summary>
    public bool Privileged { get; init; }

    public SecurityChoices Security { get; init; } = new();
}
