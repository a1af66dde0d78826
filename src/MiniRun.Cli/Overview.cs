using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Cli.Output;

namespace MiniRun.Cli;

/// <summary>`minirun` without a command: --help, --version, and where the command's name stands.</summary>
internal static class Overview
{
    private const int NameWidth = 17;
    private const string Title = "Runs Linux containers, and shows every kernel call that makes them.";

    /// <summary>The index of the first word that is no global option; the words' length if there is none.</summary>
    /// <exception cref="UsageException">An option in front of it is none of the global ones.</exception>
    internal static int PlaceOfCommand(ReadOnlySpan<string> words)
    {
        int place = 0;
        while (place < words.Length && words[place].StartsWith('-'))
        {
            string word = words[place];
            if (word is "--help" or "-h" or "--version" or "-v")
            {
                return words.Length;
            }

            bool valued = word is "--log-level" or "--log-file" or "--root" or "--data-root";
            if (!valued && !word.StartsWith("--log-level=", StringComparison.Ordinal) && !word.StartsWith("--log-file=", StringComparison.Ordinal)
                && !word.StartsWith("--root=", StringComparison.Ordinal) && !word.StartsWith("--data-root=", StringComparison.Ordinal))
            {
                throw new UsageException($"unknown flag: {word}; see 'minirun --help'");
            }

            place += valued ? 2 : 1;
        }

        return Math.Min(place, words.Length);
    }

    internal static int Run(ReadOnlySpan<string> options, ReadOnlySpan<string> helpFor, Terminal terminal)
    {
        if (options.Contains("--version") || options.Contains("-v"))
        {
            return VersionCommand.Print(terminal.Out);
        }

        if (helpFor.Length == 1 && CommandTable.Group(helpFor[0]) is { } group)
        {
            terminal.Out.Write(Text(group));
            return ExitCode.Success;
        }

        if (helpFor.Length > 0)
        {
            CommandDefinition definition = CommandTable.Find(helpFor, out int length)
                ?? throw new UsageException($"'{string.Join(' ', helpFor[..length]!)}' is not a minirun command; see 'minirun --help'");
            return CommandRunner.Run(definition, ["--help"], terminal);
        }

        terminal.Out.Write(Text());
        return ExitCode.Success;
    }

    private static string Text()
    {
        List<string> paragraphs = [Title];
        foreach (CommandGroup group in CommandTable.Groups())
        {
            paragraphs.Add($"{group.Heading}:\n{List(group.Entries)}");
        }

        paragraphs[^1] += $"\n  {"oci",-NameWidth}Speak runc's command line: everything behind it goes to minirun-oci";
        var root = new DockerCommand("COMMAND", string.Join("\n\n", paragraphs), "[OPTIONS] [ARG...]")
        {
            Examples = ["minirun run --rm -it busybox sh", "minirun explain run --cap-drop=ALL busybox id", "minirun run --help"],
        };
        root.Add(new GlobalOptions(helpShorthand: true).Group);
        return HelpText.Of(root);
    }

    private static string Text(CommandGroup group) => $"{group.Heading}:\n{List(group.Entries)}\n\nUsage: minirun COMMAND --help\n";

    private static string List(IReadOnlyList<CommandEntry> entries)
    {
        List<string> lines = [];
        foreach (CommandEntry entry in entries)
        {
            lines.Add($"  {entry.Name,-NameWidth}{entry.Summary}");
        }

        return string.Join('\n', lines);
    }
}
