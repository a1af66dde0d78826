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
        Row("linux.mountLabel", !string.IsNullOrEmpty(spec.Linux.MountLabel), problems);
        if (spec.Process is not null)
        {
            Check(spec.Process, problems);
        }
    }

    public static void Check(ProcessSpec process, SpecProblems problems)
    {
        Row("process.apparmorProfile", !string.IsNullOrEmpty(process.ApparmorProfile), problems);
        Row("process.selinuxLabel", !string.IsNullOrEmpty(process.SelinuxLabel), problems);
    }

    private static void Row(string field, bool isAskedFor, SpecProblems problems)
    {
        if (isAskedFor)
        {
            problems.Add("", $"not supported yet: {field}");
        }
    }
}
