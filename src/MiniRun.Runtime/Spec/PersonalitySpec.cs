namespace MiniRun.Runtime.Spec;

/// <summary>linux.personality; Domain is LINUX or LINUX32.</summary>
public sealed record PersonalitySpec(string Domain, IReadOnlyList<string> Flags);
