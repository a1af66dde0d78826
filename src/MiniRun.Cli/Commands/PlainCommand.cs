using System.CommandLine;
using MiniRun.Cli.CommandLine;

namespace MiniRun.Cli.Commands;

/// <summary>Commands that do one thing to each container they are given, and have no options.</summary>
internal static class PlainCommand
{
    internal static CommandDefinition Define(string name, string description, Func<Invocation, Action<string>> act)
    {
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(name, description, "CONTAINER [CONTAINER...]");
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation => EachContainer.Do(invocation, name, invocation.Values.GetValue(containers) ?? [], act(invocation)));
    }
}
