using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>Names of containers: docker's rule, and made-up ones for those who give none.</summary>
public static class ContainerName
{
    private const int MaxLength = 128;

    // People of operating systems, kernels and containers' ancestors.
    private static readonly string[] s_people =
    [
        "bach", "biederman", "cerf", "corbato", "daley", "dijkstra", "engelbart", "hamilton", "hopper", "kamp", "kernighan", "knuth",
        "lampson", "liskov", "lovelace", "mcilroy", "needham", "ousterhout", "perlman", "pike", "ritchie", "saltzer", "thompson", "torvalds", "turing", "watson",
    ];

    private static readonly string[] s_moods =
    [
        "bold", "brave", "bright", "calm", "careful", "clever", "curious", "eager", "fair", "frugal", "gentle", "happy", "honest",
        "keen", "kind", "lucid", "merry", "modest", "patient", "quick", "quiet", "steady", "sturdy", "subtle", "swift", "wise",
    ];

    /// <summary>Checks a name the user gave: [a-zA-Z0-9][a-zA-Z0-9_.-]+. One "/" before it goes, as with docker, whose `inspect` shows names so.</summary>
    /// <exception cref="MiniRunException">It breaks the rule.</exception>
    public static string Check(string name)
    {
        if (name.StartsWith('/'))
        {
            name = name[1..];
        }

        return IsValid(name)
            ? name
            : throw new MiniRunException($"Invalid container name ({(name.Length <= MaxLength ? name : name[..MaxLength] + "…")}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed, 2 to {MaxLength} of them");
    }

    /// <summary>Whether the text may be a name, and so a file's name in names/.</summary>
    internal static bool IsValid(string text)
    {
        bool valid = text.Length is > 1 and <= MaxLength && char.IsAsciiLetterOrDigit(text[0]);
        foreach (char c in text)
        {
            valid &= char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
        }

        return valid;
    }

    /// <summary>A name made from an id: the same id gives the same name, so nothing is left to chance twice. A later attempt gets a number behind it.</summary>
    public static string From(string id, int attempt)
    {
        int seed = Convert.ToInt32(id[..6], 16);
        string name = $"{s_moods[seed % s_moods.Length]}_{s_people[seed / s_moods.Length % s_people.Length]}";
        return attempt == 0 ? name : $"{name}{id[6]}{attempt}";
    }
}
