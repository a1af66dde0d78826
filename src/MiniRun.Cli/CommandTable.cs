using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;

namespace MiniRun.Cli;

/// <summary>All commands, in the order --help lists them.</summary>
internal static class CommandTable
{
    internal static IReadOnlyList<CommandEntry> Entries() =>
    [
        new("run", RunCommand.Summary, RunCommand.Define),
        new("exec", ExecCommand.Summary, ExecCommand.Define),
        new("explain", ExplainCommand.Summary, ExplainCommand.Define),
        new("ps", PsCommand.Summary, PsCommand.Define),
        new("kill", KillCommand.Summary, KillCommand.Define),
        new("rm", RmCommand.Summary, RmCommand.Define),
        new("version", VersionCommand.Summary, VersionCommand.Define),
    ];

    internal static CommandDefinition? Find(string name)
    {
        foreach (CommandEntry entry in Entries())
        {
            if (entry.Name == name)
            {
                return entry.Define();
            }
        }

        return null;
    }
}
