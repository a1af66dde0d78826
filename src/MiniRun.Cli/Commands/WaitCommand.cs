using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;
using MiniRun.Linux;

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
        return new CommandDefinition(command, invocation => Wait(invocation, invocation.Values.GetValue(containers) ?? []));
    }

    private static int Wait(Invocation invocation, string[] references)
    {
        var wait = new WaitContainer(invocation.Store(), invocation.Runtime());
        int result = ExitCode.Success;
        foreach (string reference in Required.Some(references, "wait"))
        {
            try
            {
                invocation.Terminal.Out.WriteLine(wait.Wait(reference));
            }
            catch (MiniRunException failure)
            {
                ErrorReport.Print(invocation.Terminal.Error, failure.Message);
                result = ExitCode.Failure;
            }
        }

        return result;
    }
}
