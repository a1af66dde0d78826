using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Snapshots;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun diff`.</summary>
internal static class DiffCommand
{
    internal const string Summary = "List what a container has changed of its image's files";

    internal static CommandDefinition Define()
    {
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("diff", $"{Summary}: A added, C changed, D deleted.", "CONTAINER");
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation =>
        {
            string container = Required.One(invocation.Values.GetValue(containers), "diff");
            foreach (FileChange change in new DiffContainer(invocation.Store()).Diff(container))
            {
                invocation.Terminal.Out.WriteLine($"{Letter(change.Kind)} {change.Path}");
            }

            return ExitCode.Success;
        })
        { WritesImages = true }; // it reads folders that belong to users inside
    }

    private static char Letter(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => 'A',
        ChangeKind.Deleted => 'D',
        _ => 'C',
    };
}
