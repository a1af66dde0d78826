namespace MiniRun.Linux.Cgroups;

/// <summary>Per cent of the last 10, 60 and 300 seconds, and microseconds in all.</summary>
public readonly record struct PressureShare(double Last10, double Last60, double Last300, ulong Total);
