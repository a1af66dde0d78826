using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Manual;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun man`.</summary>
internal static class ManCommand
{
    internal const string Summary = "Print a manual page, or write all of them";

    internal static CommandDefinition Define()
    {
        Option<string?> folder = Value("--output", "FOLDER", "Write the pages of all commands to this folder, one file each", "-o");
        var words = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("man", $"{Summary}, for man(1).", "[OPTIONS] [COMMAND]")
        {
            Examples = ["minirun man run | man -l -", "minirun man --output /usr/local/share/man/man1"],
        };
        command.Add(new OptionGroup("Options", [folder]));
        command.Arguments.Add(words);
        return new CommandDefinition(command, invocation => Print(invocation, invocation.Values.GetValue(folder), invocation.Values.GetValue(words) ?? []));
    }

    private static int Print(Invocation invocation, string? folder, string[] words)
    {
        if (folder is not null)
        {
            WriteAll(folder);
            return ExitCode.Success;
        }

        string page = words.Length == 0
            ? ManPage.OfProgram(CommandTable.Entries())
            : ManPage.Of((CommandTable.Find(words, out _) ?? throw new UsageException($"'{string.Join(' ', words)}' is not a minirun command; see 'minirun --help'")).Command);
        invocation.Terminal.Out.Write(page);
        return ExitCode.Success;
    }

    private static void WriteAll(string folder)
    {
        try
        {
            File.WriteAllText($"{folder}/minirun.1", ManPage.OfProgram(CommandTable.Entries()));
            foreach (CommandEntry entry in CommandTable.Entries())
            {
                File.WriteAllText($"{folder}/minirun-{entry.Name.Replace(' ', '-')}.1", ManPage.Of(entry.Define().Command));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"invalid argument \"{folder}\" for --output: {failure.Message}");
        }
    }
}
