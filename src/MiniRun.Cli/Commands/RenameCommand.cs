using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun rename`.</summary>
internal static class RenameCommand
{
    internal const string Summary = "Give a container another name";

    internal static CommandDefinition Define()
    {
        var names = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("rename", $"{Summary}. What it was told its hostname is stays.", "CONTAINER NEW_NAME");
        command.Arguments.Add(names);
        return new CommandDefinition(command, invocation =>
        {
            string[] words = Required.Exactly(2, invocation.Values.GetValue(names), "rename", "arguments, the container and its new name");
            new RenameContainer(invocation.Store()).Rename(words[0], ContainerName.Check(words[1]));
            return ExitCode.Success;
        });
    }
}
