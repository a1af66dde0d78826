using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux.Processes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun stop` and `restart`.</summary>
internal static class StopCommand
{
    internal const string Summary = "Ask the programs of containers to end, and kill them if they do not";
    internal const string RestartSummary = "Stop containers and start them again";

    internal static CommandDefinition Define() => Define(
        "stop",
        $"{Summary}. Restart policies do not bring them back.",
        ["minirun stop web", "minirun stop --time 60 database"],
        static (invocation, stop) => stop);

    internal static CommandDefinition DefineRestart() => Define(
        "restart",
        $"{RestartSummary}.",
        ["minirun restart web"],
        static (invocation, stop) =>
        {
            var start = new StartContainer(invocation.Store(), invocation.Runtime(), invocation.Monitor());
            return reference =>
            {
                stop(reference);
                start.StartAgain(reference);
            };
        });

    private static CommandDefinition Define(string name, string description, string[] examples, Func<Invocation, Action<string>, Action<string>> complete)
    {
        Option<string?> signal = Value("--signal", "SIGNAL", "The signal that asks (default: the container's --stop-signal, else SIGTERM)", "-s");
        Option<string?> time = Value("--time", "SECONDS", "Before it is killed; -1 waits for ever (default: the container's --stop-timeout, else 10)", "-t", "--timeout");
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(name, description, "[OPTIONS] CONTAINER [CONTAINER...]") { Examples = examples };
        command.Add(new OptionGroup("Options", [signal, time]));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation =>
        {
            int? number = invocation.Values.One(signal, static (text, _) => Signals.Parse(text));
            int? seconds = (int?)invocation.Values.One(time, static (text, option) => OptionNumber.Parse(text, option, -1, int.MaxValue));
            var stop = new StopContainer(invocation.Store(), invocation.Runtime(), RunReader.Read);
            return EachContainer.Do(invocation, name, invocation.Values.GetValue(containers) ?? [], complete(invocation, reference => stop.Stop(reference, number, seconds)));
        });
    }
}
