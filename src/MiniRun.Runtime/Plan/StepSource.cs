using System.Globalization;

namespace MiniRun.Runtime.Plan;

/// <summary>The part of the spec that asked for a step, as text.</summary>
public static class StepSource
{
    /// <summary>"mounts[3]", "root.readonly", or "" where every container has the step.</summary>
    public static string Of(LaunchStep step) =>
        step.SourceIndex < 0 ? step.Source : step.Source + "[" + step.SourceIndex.ToString(CultureInfo.InvariantCulture) + "]";
}
