namespace MiniRun.Linux.Cgroups;

/// <summary>A rate for one device, in bytes or operations a second; 0 lifts the limit.</summary>
public readonly record struct DeviceRate(BlockDevice Device, ulong Rate);
