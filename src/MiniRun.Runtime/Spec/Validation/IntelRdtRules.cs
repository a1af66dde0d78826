using System.Text;
using MiniRun.Linux.Resctrl;

namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux.intelRdt: a class that is one folder of the mount, and lines that are lines. What values there are, only the processor knows. Source: config-linux.md#intelrdt.</summary>
internal static class IntelRdtRules
{
    /// <summary>NAME_MAX, in bytes.</summary>
    private const int LongestName = 255;

    public static void Check(IntelRdtSpec rdt, SpecProblems problems)
    {
        if (!string.IsNullOrEmpty(rdt.ClosId) && ProblemOfClass(rdt.ClosId) is { } wrong)
        {
            problems.Add("linux.intelRdt.closID", $"{Shown.Quote(rdt.ClosId)} {wrong}");
        }

        CheckLines("linux.intelRdt.l3CacheSchema", rdt.L3CacheSchema, problems);
        if (!string.IsNullOrEmpty(rdt.MemBwSchema) && !rdt.MemBwSchema.StartsWith("MB:", StringComparison.Ordinal))
        {
            problems.Add("linux.intelRdt.memBwSchema", $"{Shown.Quote(rdt.MemBwSchema)} must start with \"MB:\"");
        }

        CheckLine("linux.intelRdt.memBwSchema", rdt.MemBwSchema, problems);
        for (int i = 0; i < rdt.Schemata.Count; i++)
        {
            CheckLine($"linux.intelRdt.schemata[{i}]", rdt.Schemata[i], problems);
        }
    }

    private static string? ProblemOfClass(string closId) => closId switch
    {
        ResctrlPath.DefaultClass => null,
        "." or ".." => "is no name of a folder",
        "info" or "mon_groups" or "mon_data" => "is a folder of the kernel's own",
        _ when closId.Contains('/', StringComparison.Ordinal) => "must be one name without \"/\", or \"/\" alone for the host's default class",
        _ when HasControl(closId) => "must not contain control characters",
        _ when Encoding.UTF8.GetByteCount(closId) > LongestName => $"is longer than {LongestName} bytes",
        _ => null,
    };

    /// <summary>The schema of the L3 cache may have several lines (code and data apart).</summary>
    private static void CheckLines(string path, string? lines, SpecProblems problems)
    {
        if (string.IsNullOrEmpty(lines))
        {
            return;
        }

        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            CheckLine(path, line, problems);
        }
    }

    private static void CheckLine(string path, string? line, SpecProblems problems)
    {
        if (line is null || (line.Length == 0 && !path.EndsWith(']')))
        {
            return;
        }

        if (HasControl(line))
        {
            problems.Add(path, $"{Shown.Quote(line)} must be one line without control characters");
        }
        else if (!Schemata.NamesResource(line))
        {
            problems.Add(path, $"{Shown.Quote(line)} names no resource: expected a line such as L3:0=ff;1=c0");
        }
    }

    private static bool HasControl(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
