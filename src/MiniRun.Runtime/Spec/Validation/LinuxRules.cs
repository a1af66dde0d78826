namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux: its paths and its propagation. Source: config-linux.md.</summary>
internal static class LinuxRules
{
    public static void Check(LinuxSpec linux, SpecProblems problems)
    {
        CheckPaths("linux.maskedPaths", linux.MaskedPaths, problems);
        CheckPaths("linux.readonlyPaths", linux.ReadonlyPaths, problems);
        CheckCgroupsPath(linux.CgroupsPath, problems);
        if (!IsPropagation(linux.RootfsPropagation))
        {
            problems.Add("linux.rootfsPropagation", $"{Shown.Quote(linux.RootfsPropagation!)} is not private, slave, shared or unbindable, alone or with an r before it");
        }
    }

    private static void CheckPaths(string path, IReadOnlyList<string> paths, SpecProblems problems)
    {
        for (int i = 0; i < paths.Count; i++)
        {
            if (PathText.ProblemOfAbsolute(paths[i]) is { } wrong)
            {
                problems.Add($"{path}[{i}]", wrong);
            }
        }
    }

    private static void CheckCgroupsPath(string? cgroup, SpecProblems problems)
    {
        if (string.IsNullOrEmpty(cgroup))
        {
            return;
        }

        if (PathText.ProblemOf(cgroup) is { } wrong)
        {
            problems.Add("linux.cgroupsPath", wrong);
        }
        else if (PathText.ClimbsUp(cgroup))
        {
            problems.Add("linux.cgroupsPath", $"{Shown.Quote(cgroup)} must not contain \"..\"");
        }
        else if (cgroup.Contains('\n', StringComparison.Ordinal))
        {
            problems.Add("linux.cgroupsPath", "must not contain line breaks: the kernel refuses such cgroups");
        }
    }

    private static bool IsPropagation(string? word) =>
        word is null or "" or "private" or "slave" or "shared" or "unbindable" or "rprivate" or "rslave" or "rshared" or "runbindable";
}
