using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Linux;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun port`.</summary>
internal static class PortCommand
{
    internal const string Summary = "List the published ports of a container";

    internal static CommandDefinition Define()
    {
        var words = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("port", $"{Summary}; in this version none has any.", "CONTAINER [PORT[/PROTOCOL]]");
        command.Arguments.Add(words);
        return new CommandDefinition(command, invocation =>
        {
            string[] given = Required.Some(invocation.Values.GetValue(words), "port");
            invocation.Store().Find(given[0]);
            return given.Length switch
            {
                1 => ExitCode.Success,
                2 => throw new MiniRunException($"no public port '{given[1]}' published for {given[0]}"),
                _ => throw new UsageException("'minirun port' requires at least 1 and at most 2 arguments; see 'minirun port --help'"),
            };
        });
    }
}
