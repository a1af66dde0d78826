using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Linux.Processes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun kill`.</summary>
internal static class KillCommand
{
    internal const string Summary = "Send a signal to the first process of running containers";

    internal static CommandDefinition Define()
    {
        Option<string?> signal = Value("--signal", "SIGNAL", "By name or number (default: SIGKILL)", "-s");
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("kill", $"{Summary}.", "[OPTIONS] CONTAINER [CONTAINER...]");
        command.Add(new OptionGroup("Options", [signal]));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation => Kill(invocation, signal, containers));
    }

    private static int Kill(Invocation invocation, Option<string?> option, Argument<string[]> containers)
    {
        int signal = invocation.Values.GetValue(option) is { } text ? Signals.Parse(text) : Signals.SIGKILL;
        var kill = new KillContainer(invocation.Store(), invocation.Runtime());
        return EachContainer.Do(invocation, "kill", invocation.Values.GetValue(containers) ?? [], reference => kill.Kill(reference, signal));
    }
}
