using System.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Rootless;

namespace MiniRun.Cli.CommandLine;

/// <summary>Reads a command's words and carries it out.</summary>
internal static class CommandRunner
{
    // Response files would make "@x" a file's content, and the options are unbundled already.
    private static readonly ParserConfiguration s_parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <exception cref="UsageException">The words are no such command line.</exception>
    internal static int Run(CommandDefinition definition, ReadOnlySpan<string> words, Terminal terminal)
    {
        DockerCommand command = definition.Command;
        Invocation invocation = Read(command, words, terminal);
        if (invocation.WantsHelp)
        {
            terminal.Out.Write(HelpText.Of(command));
            return ExitCode.Success;
        }

        return definition.WritesImages && UserNamespaceStage.IsWanted()
            ? UserNamespaceStage.RunMiniRun(Environment.GetCommandLineArgs()[1..], invocation.DataRoot(), invocation.StateRoot())
            : definition.Execute(invocation);
    }

    /// <summary>The command line as values. Adds the global options to the command.</summary>
    /// <exception cref="UsageException">The words are no such command line.</exception>
    internal static Invocation Read(DockerCommand command, ReadOnlySpan<string> words, Terminal terminal)
    {
        var globals = new GlobalOptions(helpShorthand: !HasShorthand(command, "-h"));
        command.Add(globals.Group);
        List<string> normalized = ArgumentNormalizer.Normalize(command, words);
        ParseResult values = command.Parse(normalized, s_parsing);
        if (command.Arguments.Count == 0 && normalized[^1] != "--")
        {
            throw new UsageException($"'minirun {command.FullName}' accepts no arguments; see 'minirun {command.FullName} --help'");
        }

        if (values.Errors.Count > 0 && !values.GetValue(globals.Help))
        {
            throw new UsageException($"{values.Errors[0].Message.TrimEnd('.')}; see 'minirun {command.FullName} --help'");
        }

        return new Invocation(values, globals, terminal);
    }

    private static bool HasShorthand(DockerCommand command, string shorthand)
    {
        foreach (Option option in command.Options)
        {
            if (option.Aliases.Contains(shorthand))
            {
                return true;
            }
        }

        return false;
    }
}
