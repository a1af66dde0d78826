namespace MiniRun.Runtime.Spec.Validation;

/// <summary>
/// What the records hold and minirun does not carry out yet: asking for it is an error, because a protection or a limit that
/// is silently left out is worse than none. One row a field; whoever makes a field work deletes its row.
/// </summary>
internal static class NotYetSupported
{
    public static void Check(RuntimeSpec spec, SpecProblems problems)
    {
        Row("linux.intelRdt", spec.Linux.IntelRdt is not null, problems);
    }

    private static void Row(string field, bool isAskedFor, SpecProblems problems)
    {
        if (isAskedFor)
        {
            problems.Add("", $"not supported yet: {field}");
        }
    }
}
