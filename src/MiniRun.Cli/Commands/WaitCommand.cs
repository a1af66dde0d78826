using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun wait`.</summary>
internal static class WaitCommand
{
    internal const string Summary = "Wait until containers end, and print their exit codes";

    internal static CommandDefinition Define()
    {
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("wait", $"{Summary}, one a line; {WaitContainer.UnknownStatus} where nobody saw the end.", "CONTAINER [CONTAINER...]");
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation =>
        {
            string[] references = Required.Some(invocation.Values.GetValue(containers), "wait");
            var wait = new WaitContainer(invocation.Store(), invocation.Runtime());
            return EachContainer.Try(invocation, references, reference => invocation.Terminal.Out.WriteLine(wait.Wait(reference)));
        });
    }
}
