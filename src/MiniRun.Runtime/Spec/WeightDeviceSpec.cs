namespace MiniRun.Runtime.Spec;

/// <summary>A weight for one block device.</summary>
public sealed record WeightDeviceSpec(long Major, long Minor, ushort? Weight, ushort? LeafWeight);
