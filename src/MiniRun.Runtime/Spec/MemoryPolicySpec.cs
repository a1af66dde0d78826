namespace MiniRun.Runtime.Spec;

/// <summary>linux.memoryPolicy, for set_mempolicy(2).</summary>
public sealed record MemoryPolicySpec(string Mode, string? Nodes, IReadOnlyList<string> Flags);
