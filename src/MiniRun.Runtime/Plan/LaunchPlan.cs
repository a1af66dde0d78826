using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>A container as the list of kernel calls that make it: executed, printed, traced and compared, never described twice.</summary>
public sealed record LaunchPlan
{
    /// <summary>The launcher's and init's steps, in the order they take effect; a step's number, as users see it, is its index + 1.</summary>
    public required IReadOnlyList<LaunchStep> Steps { get; init; }

    /// <summary>How many slots there are.</summary>
    public required int SlotCount { get; init; }

    /// <summary>How many slots arrive open: first those the launcher's steps fill, in their order, then the preserved descriptors.</summary>
    public required int InheritedSlots { get; init; }

    /// <summary>How many of the inherited slots, the last, are the caller's descriptors from 3 on, for the program.</summary>
    public int PreservedDescriptors { get; init; }

    /// <summary>The mapping of a new user namespace; empty without one.</summary>
    public IReadOnlyList<IdMapping> UidMappings { get; init; } = [];

    public IReadOnlyList<IdMapping> GidMappings { get; init; } = [];

    /// <summary>What /proc/PID/status must say before the program starts.</summary>
    public required ProcessExpectation Expected { get; init; }
}
