using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>One step of a plan that has been carried out: which plan, its index there, and how long it took.</summary>
public readonly record struct TraceRecord(LaunchPlan Plan, int StepIndex, TimeSpan Duration)
{
    public LaunchStep Step => Plan.Steps[StepIndex];
}
