namespace MiniRun.Runtime.Spec;

/// <summary>process.ioPriority, for ioprio_set(2).</summary>
public sealed record IoPrioritySpec(string Class, int Priority);
