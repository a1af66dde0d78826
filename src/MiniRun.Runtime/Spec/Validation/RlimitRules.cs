namespace MiniRun.Runtime.Spec.Validation;

/// <summary>process.rlimits: names setrlimit(2) has, each once, soft within hard.</summary>
internal static class RlimitRules
{
    public static void Check(IReadOnlyList<RlimitSpec> limits, SpecProblems problems)
    {
        uint seen = 0;
        for (int i = 0; i < limits.Count; i++)
        {
            int number = NumberOf(limits[i].Type);
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

    private static int NumberOf(string type) => type switch
    {
        "RLIMIT_CPU" => 0,
        "RLIMIT_FSIZE" => 1,
        "RLIMIT_DATA" => 2,
        "RLIMIT_STACK" => 3,
        "RLIMIT_CORE" => 4,
        "RLIMIT_RSS" => 5,
        "RLIMIT_NPROC" => 6,
        "RLIMIT_NOFILE" => 7,
        "RLIMIT_MEMLOCK" => 8,
        "RLIMIT_AS" => 9,
        "RLIMIT_LOCKS" => 10,
        "RLIMIT_SIGPENDING" => 11,
        "RLIMIT_MSGQUEUE" => 12,
        "RLIMIT_NICE" => 13,
        "RLIMIT_RTPRIO" => 14,
        "RLIMIT_RTTIME" => 15,
        _ => -1,
    };
}
