using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun rm`.</summary>
internal static class RmCommand
{
    internal const string Summary = "Remove containers";

    internal static CommandDefinition Define()
    {
        Option<bool> force = Switch("--force", "End a running program first, and clear what a dead minirun left half-made", "-f");
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("rm", $"{Summary} with all they wrote.", "[OPTIONS] CONTAINER [CONTAINER...]");
        command.Add(new OptionGroup("Options", [force]));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation => Remove(invocation, force, containers));
    }

    private static int Remove(Invocation invocation, Option<bool> force, Argument<string[]> containers)
    {
        bool forced = invocation.Values.GetValue(force);
        var remove = new RemoveContainer(invocation.Store(), invocation.Runtime());
        return EachContainer.Do(invocation, "rm", invocation.Values.GetValue(containers) ?? [], reference => remove.Remove(reference, forced));
    }
}
