using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>One step of a plan that has been carried out: which plan, its index there, how long it took, and 0 or why it failed.</summary>
public readonly record struct TraceRecord(LaunchPlan Plan, int StepIndex, TimeSpan Duration, int Errno = 0)
{
    public LaunchStep Step => Plan.Steps[StepIndex];
}
