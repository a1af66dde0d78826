namespace MiniRun.Linux.Resctrl;

/// <summary>The text of a schemata file: a line a resource, "L3:0=ff;1=c0". Source: Documentation/filesystems/resctrl.rst, "Schemata files".</summary>
public static class Schemata
{
    /// <summary>Whether a line begins with the name of a resource.</summary>
    public static bool NamesResource(string line) => line.IndexOf(':', StringComparison.Ordinal) > 0;

    /// <summary>The first of the wanted settings ("L3:0=f") that a file does not have; null where it has them all.</summary>
    /// <param name="present">The file's text.</param>
    /// <param name="wanted">Lines in the order of their writing: the last for a cache counts.</param>
    public static string? FirstDifference(string present, IReadOnlyList<string> wanted)
    {
        Dictionary<string, string> has = [];
        Add(has, present);
        Dictionary<string, string> wants = [];
        for (int i = 0; i < wanted.Count; i++)
        {
            Add(wants, wanted[i]);
        }

        foreach ((string cache, string value) in wants)
        {
            if (!has.TryGetValue(cache, out string? other) || other != value)
            {
                return $"{cache}={value}";
            }
        }

        return null;
    }

    private static void Add(Dictionary<string, string> values, string lines)
    {
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            string resource = line[..colon].Trim();
            foreach (string setting in line[(colon + 1)..].Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] sides = setting.Split('=', 2, StringSplitOptions.TrimEntries);
                values[$"{resource}:{sides[0]}"] = sides.Length == 2 ? Plain(sides[1]) : "";
            }
        }
    }

    /// <summary>The kernel pads bit masks with zeros, and takes either case.</summary>
    private static string Plain(string number)
    {
        string digits = number.TrimStart('0').ToLowerInvariant();
        return digits.Length == 0 ? "0" : digits;
    }
}
