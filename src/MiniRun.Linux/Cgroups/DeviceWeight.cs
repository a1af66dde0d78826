namespace MiniRun.Linux.Cgroups;

/// <summary>A block I/O weight (10 to 1000) for one device; null or 0 is unset.</summary>
public readonly record struct DeviceWeight(BlockDevice Device, ushort? Weight, ushort? LeafWeight);
