namespace MiniRun.Runtime.Plan;

/// <summary>A plan as minirun-init reads it. StepIndexes tells, for each encoded step, its index in <see cref="LaunchPlan.Steps"/>: init knows only its own steps.</summary>
public sealed record EncodedPlan(byte[] Bytes, int[] StepIndexes);
