namespace MiniRun.Runtime.Spec.Validation;

/// <summary>process. Source: config.md#process.</summary>
internal static class ProcessRules
{
    private const int LowestOomScoreAdj = -1000;
    private const int HighestOomScoreAdj = 1000;
    private const uint HighestUmask = 0x1FF;

    public static void Check(ProcessSpec process, SpecProblems problems)
    {
        if (process.Args.Count == 0)
        {
            problems.Add("process.args", "must hold the program to run");
        }

        if (PathText.ProblemOfAbsolute(process.Cwd) is { } wrong)
        {
            problems.Add("process.cwd", wrong);
        }

        if (process.OomScoreAdj is < LowestOomScoreAdj or > HighestOomScoreAdj)
        {
            problems.Add("process.oomScoreAdj", $"expected {LowestOomScoreAdj} to {HighestOomScoreAdj}, found {process.OomScoreAdj}");
        }

        CheckEnvironment(process.Env, problems);
        CheckUser(process.User, problems);
        RlimitRules.Check(process.Rlimits, problems);
        SchedulingRules.Check(process, problems);
        if (process.Capabilities is not null)
        {
            CapabilityRules.Check(process.Capabilities, problems);
        }
    }

    /// <summary>A name may be given twice: engines do so, and the last one counts.</summary>
    private static void CheckEnvironment(IReadOnlyList<string> environment, SpecProblems problems)
    {
        for (int i = 0; i < environment.Count; i++)
        {
            if (environment[i].IndexOf('=', StringComparison.Ordinal) <= 0)
            {
                problems.Add($"process.env[{i}]", $"expected NAME=VALUE, found {Shown.Quote(environment[i])}");
            }
        }
    }

    /// <summary>The kernel takes id -1 for "leave unchanged", so a program asked to run as 4294967295 would run as root.</summary>
    private static void CheckUser(UserSpec user, SpecProblems problems)
    {
        CheckId("process.user.uid", user.Uid, problems);
        CheckId("process.user.gid", user.Gid, problems);
        for (int i = 0; i < user.AdditionalGids.Count; i++)
        {
            if (user.AdditionalGids[i] == uint.MaxValue)
            {
                CheckId($"process.user.additionalGids[{i}]", user.AdditionalGids[i], problems);
            }
        }

        if (user.Umask > HighestUmask)
        {
            problems.Add("process.user.umask", $"expected at most {HighestUmask} (0777), found {user.Umask}");
        }
    }

    private static void CheckId(string path, uint id, SpecProblems problems)
    {
        if (id == uint.MaxValue)
        {
            problems.Add(path, "4294967295 is no id: for the kernel it means \"leave unchanged\"");
        }
    }
}
