namespace MiniRun.Runtime.Spec.Validation;

/// <summary>System calls that another process answers for (SCMP_ACT_NOTIFY): there must be one, and the start itself must not wait for it.</summary>
internal static class SeccompNotifyRules
{
    public static void Check(SeccompSpec seccomp, SpecProblems problems)
    {
        if (seccomp.DefaultAction == SeccompRuleSpec.Notify)
        {
            problems.Add("linux.seccomp.defaultAction", "SCMP_ACT_NOTIFY is for single system calls: the start itself would wait for answers");
        }

        for (int i = 0; i < seccomp.Syscalls.Count; i++)
        {
            CheckRule($"linux.seccomp.syscalls[{i}]", seccomp.Syscalls[i], problems);
        }

        CheckListener(seccomp, problems);
    }

    /// <summary>write(2) is how init tells that there is a listener.</summary>
    private static void CheckRule(string path, SeccompRuleSpec rule, SpecProblems problems)
    {
        if (rule.Action == SeccompRuleSpec.Notify && rule.Names.Contains("write"))
        {
            problems.Add(path, "SCMP_ACT_NOTIFY cannot be used for write: the start itself would wait for the answer");
        }
    }

    private static void CheckListener(SeccompSpec seccomp, SpecProblems problems)
    {
        if (string.IsNullOrEmpty(seccomp.ListenerPath))
        {
            if (seccomp.Notifies())
            {
                problems.Add("linux.seccomp.listenerPath", "required with SCMP_ACT_NOTIFY: nobody would answer");
            }

            if (!string.IsNullOrEmpty(seccomp.ListenerMetadata))
            {
                problems.Add("linux.seccomp.listenerMetadata", "must not be set without listenerPath");
            }
        }
        else if (PathText.ProblemOfAbsolute(seccomp.ListenerPath) is { } wrong)
        {
            problems.Add("linux.seccomp.listenerPath", wrong);
        }
    }
}
