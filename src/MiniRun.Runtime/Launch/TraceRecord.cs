using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>One step of a plan that has been carried out: its index in the plan, and how long it took.</summary>
public readonly record struct TraceRecord(int StepIndex, LaunchStep Step, TimeSpan Duration);
