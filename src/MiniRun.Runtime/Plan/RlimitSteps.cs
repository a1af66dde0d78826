using MiniRun.Linux.Processes;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>process.rlimits.</summary>
internal static class RlimitSteps
{
    public static void Add(List<LaunchStep> steps, ProcessSpec process)
    {
        for (int i = 0; i < process.Rlimits.Count; i++)
        {
            RlimitSpec limit = process.Rlimits[i];
            steps.Add(new LaunchStep(StepKind.Rlimit)
            {
                Argument0 = (ulong)ResourceLimits.NumberOf(limit.Type),
                Argument1 = limit.Soft,
                Argument2 = limit.Hard,
                Source = "process.rlimits",
                SourceIndex = i,
            });
        }
    }
}
