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
        Option<bool> volumes = Switch("--volumes", "Also the volumes that nobody named and no other container has", "-v");
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("rm", $"{Summary} with all they wrote.", "[OPTIONS] CONTAINER [CONTAINER...]");
        command.Add(new OptionGroup("Options", [force, volumes]));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation => Remove(invocation, force, volumes, containers));
    }

    private static int Remove(Invocation invocation, Option<bool> force, Option<bool> volumes, Argument<string[]> containers)
    {
        bool forced = invocation.Values.GetValue(force);
        bool withVolumes = invocation.Values.GetValue(volumes);
        var remove = new RemoveContainer(invocation.Store(), invocation.Runtime());
        return EachContainer.Do(invocation, "rm", invocation.Values.GetValue(containers) ?? [], reference => remove.Remove(reference, forced, withVolumes));
    }
}
