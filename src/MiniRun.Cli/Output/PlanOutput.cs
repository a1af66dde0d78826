using MiniRun.Engine.Containers;
using MiniRun.Runtime.Plan;

namespace MiniRun.Cli.Output;

/// <summary>`explain`: a plan as text or JSON.</summary>
internal static class PlanOutput
{
    internal static void Print(TextWriter output, ExplainedPlan explained, string? format)
    {
        foreach (LaunchStep step in explained.Plan.Steps)
        {
            output.WriteLine($"{step.Kind} {step.Text0} {explained.Origins.Of(step.Source, step.SourceIndex)}");
        }
    }
}
