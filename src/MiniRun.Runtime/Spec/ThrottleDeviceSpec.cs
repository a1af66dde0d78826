namespace MiniRun.Runtime.Spec;

/// <summary>A rate for one block device.</summary>
public sealed record ThrottleDeviceSpec(long Major, long Minor, ulong Rate);
