namespace MiniRun.Runtime.Plan;

/// <summary>
/// One kernel call (or a handful that make one thing) of a launch plan. What Slots, Texts and Arguments mean is told by
/// <see cref="StepKind"/> and, for init's steps, by native-shims/init/plan.h.
/// </summary>
public sealed record LaunchStep(StepKind Kind)
{
    /// <summary>Slot numbers; -1 is none. A slot is a descriptor's place, filled by an earlier step.</summary>
    public short A { get; init; } = -1;

    public short B { get; init; } = -1;

    public short C { get; init; } = -1;

    public ushort Flags { get; init; }

    public string Text0 { get; init; } = "";

    public string Text1 { get; init; } = "";

    public string Text2 { get; init; } = "";

    public ReadOnlyMemory<byte> Blob { get; init; }

    public ulong Argument0 { get; init; }

    public ulong Argument1 { get; init; }

    public ulong Argument2 { get; init; }

    public ulong Argument3 { get; init; }

    /// <summary>The part of config.json that asked for this step, as a JSON path without its index ("mounts", "root.readonly"); "" where every container has it.</summary>
    public required string Source { get; init; }

    /// <summary>The index below <see cref="Source"/> ("mounts[3]"), or -1.</summary>
    public int SourceIndex { get; init; } = -1;

    /// <summary>Whether the launcher, not minirun-init, carries this step out.</summary>
    public bool IsLaunchers => Kind >= StepKind.HostTree;
}
