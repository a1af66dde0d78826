namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux.namespaces and linux.timeOffsets. Source: config-linux.md#namespaces.</summary>
internal static class NamespaceRules
{
    private const uint NanosecondsPerSecond = 1_000_000_000;

    public static void Check(RuntimeSpec spec, SpecProblems problems)
    {
        CheckNamespaces(spec.Linux.Namespaces, problems);
        if (!spec.Linux.Has(NamespaceType.Mount))
        {
            problems.Add("linux.namespaces", "a mount namespace is required: without one the host's root would be changed");
        }

        CheckTimeOffsets(spec.Linux, problems);
    }

    private static void CheckNamespaces(IReadOnlyList<NamespaceSpec> namespaces, SpecProblems problems)
    {
        ulong seen = 0;
        for (int i = 0; i < namespaces.Count; i++)
        {
            NamespaceSpec entry = namespaces[i];
            if ((seen & (ulong)entry.Type) != 0)
            {
                problems.Add($"linux.namespaces[{i}]", $"a second {entry.Type.Word()} namespace");
            }

            seen |= (ulong)entry.Type;
            if (!string.IsNullOrEmpty(entry.Path) && PathText.ProblemOfAbsolute(entry.Path) is { } wrong)
            {
                problems.Add($"linux.namespaces[{i}].path", wrong);
            }
        }
    }

    private static void CheckTimeOffsets(LinuxSpec linux, SpecProblems problems)
    {
        foreach ((string clock, TimeOffset offset) in linux.TimeOffsets)
        {
            if (clock is not ("monotonic" or "boottime"))
            {
                problems.Add("linux.timeOffsets", $"{Shown.Quote(clock)} is not a clock that can be set; these are monotonic and boottime");
            }

            if (offset.Nanosecs >= NanosecondsPerSecond)
            {
                problems.Add($"linux.timeOffsets.{clock}.nanosecs", "must be below 1000000000");
            }
        }

        if (linux.TimeOffsets.Count > 0 && !linux.Makes(NamespaceType.Time))
        {
            problems.Add("linux.timeOffsets", "needs a new time namespace in linux.namespaces; the offsets of one in use cannot be set");
        }
    }
}
