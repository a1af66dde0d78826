namespace MiniRun.Runtime.Plan;

/// <summary>What the encoder needs beside the plan.</summary>
public sealed record EncodeOptions
{
    /// <summary>The build id of the minirun-init that will read this: <see cref="Wire.PlanFormat.BuildIdSize"/> bytes.</summary>
    public required ReadOnlyMemory<byte> BuildId { get; init; }

    /// <summary>The compiled filter (struct sock_filter[]) of the plan's Seccomp step; empty without that step.</summary>
    public ReadOnlyMemory<byte> SeccompFilter { get; init; }

    /// <summary>Whether init reports every step that succeeded, with its time.</summary>
    public bool Trace { get; init; }

#if MINIRUN_FAULTS
    /// <summary>The init step (1-based) at which init kills itself, or 0. Exists in fault-injection builds only.</summary>
    public uint Fault { get; init; }

    /// <summary>Header flags that take protections of init's away. Exists in fault-injection builds only.</summary>
    public ushort Weaknesses { get; init; }
#endif
}
