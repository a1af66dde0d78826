namespace MiniRun.Runtime.Spec;

/// <summary>A host network device to move in; Name is its name inside, null keeps it.</summary>
public sealed record NetDeviceSpec(string? Name);
