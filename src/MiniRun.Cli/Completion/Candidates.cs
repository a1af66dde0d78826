using System.CommandLine;
using MiniRun.Cli.CommandLine;

namespace MiniRun.Cli.Completion;

/// <summary>What may come next on a command line. The declarations of commands say it; names of containers and images are looked up by whoever is given.</summary>
/// <param name="names">The names of a kind of thing: "container", "image" or "volume".</param>
internal sealed class Candidates(Func<string, IReadOnlyList<string>> names)
{
    /// <summary>What a shell is told where files are what fits.</summary>
    internal const string Files = ":files";

    private static readonly string[] s_kinds = ["CONTAINER", "IMAGE", "VOLUME"];

    /// <summary>Candidates with a tab and an explanation behind each, for the last of the words, which may be empty.</summary>
    internal IReadOnlyList<string> Of(IReadOnlyList<string> words)
    {
        string last = words.Count > 0 ? words[^1] : "";
        string[] before = [.. words.Take(words.Count - 1)];
        int place = PlaceOfCommand(before);
        CommandDefinition? definition = place < before.Length ? CommandTable.Find(before.AsSpan(place), out int length) : null;
        if (definition is null)
        {
            return Matching(last, Commands(before[Math.Min(place, before.Length)..]));
        }

        _ = CommandTable.Find(before.AsSpan(place), out length);
        DockerCommand command = definition.Command;
        command.Add(new GlobalOptions(helpShorthand: false).Group);
        string[] rest = before[(place + length)..];
        if (rest.Length > 0 && Find(command, rest[^1]) is { } option && option.TakesValue())
        {
            return Values(option, last);
        }

        return last.StartsWith('-') ? Matching(last, Options(command)) : Arguments(command, rest, last);
    }

    private static int PlaceOfCommand(string[] words)
    {
        try
        {
            return Overview.PlaceOfCommand(words);
        }
        catch (UsageException)
        {
            return words.Length;
        }
    }

    private static IEnumerable<string> Commands(string[] group)
    {
        string prefix = group.Length > 0 ? group[0] + " " : "";
        return CommandTable.Entries().Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => $"{entry.Name[prefix.Length..].Split(' ')[0]}\t{entry.Summary}").DistinctBy(line => line.Split('\t')[0]);
    }

    private static IEnumerable<string> Options(DockerCommand command) =>
        command.Options.Where(option => !option.Hidden).Select(option => $"{option.Name}\t{option.Description}");

    private static Option? Find(DockerCommand command, string word) =>
        word.Contains('=') ? null : command.Options.FirstOrDefault(option => option.Name == word || option.Aliases.Contains(word));

    private List<string> Values(Option option, string last) => option.HelpName switch
    {
        { } text when text.Contains('|') && !text.Contains('=') => Matching(last, text.Split('|')),
        "CONTAINER" or "CONTAINER[:ro]" => Matching(last, names("container")),
        "FILE" or "FOLDER" or "PATH" => [Files],
        _ => [],
    };

    /// <summary>What the usage line calls its arguments; behind the first, `run` and `exec` have a program's words.</summary>
    private List<string> Arguments(DockerCommand command, string[] rest, string last)
    {
        int given = rest.Count(word => !word.StartsWith('-'));
        if (!command.OptionsAnywhere && given > 0 && HasArgument(command, rest))
        {
            return [Files];
        }

        string[] kinds = [.. s_kinds.Where(kind => command.Usage.Contains(kind, StringComparison.Ordinal))];
        List<string> found = [.. kinds.SelectMany(kind => Matching(last, names(kind.ToLowerInvariant())))];
        if (command.Usage.Contains("PATH", StringComparison.Ordinal) || kinds.Length == 0)
        {
            found.Add(Files);
        }

        return found;
    }

    private static bool HasArgument(DockerCommand command, string[] rest)
    {
        for (int i = 0; i < rest.Length; i++)
        {
            if (!rest[i].StartsWith('-'))
            {
                return true;
            }

            i += Find(command, rest[i]) is { } option && option.TakesValue() ? 1 : 0;
        }

        return false;
    }

    private static List<string> Matching(string last, IEnumerable<string> lines) => [.. lines.Where(line => line.StartsWith(last, StringComparison.Ordinal))];
}
