using MiniRun.Linux.Seccomp;

namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux.seccomp: known words, and numbers only where they mean something. Source: config-linux.md#seccomp.</summary>
internal static class SeccompRules
{
    private const uint MostArguments = 6;

    public static void Check(SeccompSpec seccomp, SpecProblems problems)
    {
        CheckAction("linux.seccomp.defaultAction", seccomp.DefaultAction, problems);
        SeccompNotifyRules.Check(seccomp, problems);
        CheckErrno("linux.seccomp.defaultErrnoRet", seccomp.DefaultAction, seccomp.DefaultErrnoRet, problems);
        for (int i = 0; i < seccomp.Architectures.Count; i++)
        {
            if (!SeccompWords.IsArchitecture(seccomp.Architectures[i]))
            {
                problems.Add($"linux.seccomp.architectures[{i}]", $"unknown architecture {Shown.Quote(seccomp.Architectures[i])}");
            }
        }

        for (int i = 0; i < seccomp.Flags.Count; i++)
        {
            if (!SeccompWords.IsFlag(seccomp.Flags[i]))
            {
                problems.Add($"linux.seccomp.flags[{i}]", $"unknown flag {Shown.Quote(seccomp.Flags[i])}");
            }
        }

        for (int i = 0; i < seccomp.Syscalls.Count; i++)
        {
            CheckRule(i, seccomp.Syscalls[i], problems);
        }
    }

    private static void CheckRule(int index, SeccompRuleSpec rule, SpecProblems problems)
    {
        if (!SeccompWords.IsAction(rule.Action))
        {
            CheckAction($"linux.seccomp.syscalls[{index}].action", rule.Action, problems);
        }

        if (rule.ErrnoRet is not null)
        {
            CheckErrno($"linux.seccomp.syscalls[{index}].errnoRet", rule.Action, rule.ErrnoRet, problems);
        }

        if (rule.Names.Count == 0)
        {
            problems.Add($"linux.seccomp.syscalls[{index}].names", "must name at least one system call");
        }

        for (int i = 0; i < rule.Args.Count; i++)
        {
            if (rule.Args[i].Index >= MostArguments)
            {
                problems.Add($"linux.seccomp.syscalls[{index}].args[{i}].index", $"expected 0 to {MostArguments - 1}, found {rule.Args[i].Index}");
            }

            if (!SeccompWords.IsOperator(rule.Args[i].Op))
            {
                problems.Add($"linux.seccomp.syscalls[{index}].args[{i}].op", $"unknown operator {Shown.Quote(rule.Args[i].Op)}");
            }
        }
    }

    private static void CheckAction(string path, string action, SpecProblems problems)
    {
        if (!SeccompWords.IsAction(action))
        {
            problems.Add(path, $"unknown action {Shown.Quote(action)}");
        }
    }

    private static void CheckErrno(string path, string action, uint? errno, SpecProblems problems)
    {
        if (errno is null)
        {
            return;
        }

        uint? highest = SeccompWords.HighestErrno(action);
        if (highest is null)
        {
            problems.Add(path, $"{Shown.Quote(action)} cannot carry an error number; only SCMP_ACT_ERRNO and SCMP_ACT_TRACE can");
        }
        else if (errno > highest)
        {
            problems.Add(path, $"expected at most {highest}, found {errno}");
        }
    }
}
