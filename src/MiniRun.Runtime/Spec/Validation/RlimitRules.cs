using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Spec.Validation;

/// <summary>process.rlimits: names setrlimit(2) has, each once, soft within hard.</summary>
internal static class RlimitRules
{
    public static void Check(IReadOnlyList<RlimitSpec> limits, SpecProblems problems)
    {
        uint seen = 0;
        for (int i = 0; i < limits.Count; i++)
        {
            int number = ResourceLimits.NumberOf(limits[i].Type);
            if (number < 0)
            {
                problems.Add($"process.rlimits[{i}].type", $"unknown limit {Shown.Quote(limits[i].Type)}");
                continue;
            }

            if ((seen & (1U << number)) != 0)
            {
                problems.Add($"process.rlimits[{i}].type", $"{limits[i].Type} is given twice");
            }

            seen |= 1U << number;
            if (limits[i].Soft > limits[i].Hard)
            {
                problems.Add($"process.rlimits[{i}].soft", $"{limits[i].Soft} is above the hard limit, {limits[i].Hard}");
            }
        }
    }
}
