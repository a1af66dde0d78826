namespace MiniRun.Runtime.Spec;

/// <summary>cgroup v1's net_cls and net_prio; there is no such thing in v2, so asking for it is an error.</summary>
public sealed record NetworkSpec(uint? ClassId, IReadOnlyDictionary<string, uint> Priorities);
