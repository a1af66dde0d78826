using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun container prune`.</summary>
internal static class ContainerPruneCommand
{
    internal const string Summary = "Remove all stopped containers";

    internal static CommandDefinition Define()
    {
        Option<bool> force = Switch("--force", "Do not ask", "-f");
        var command = new DockerCommand("container prune", $"{Summary} with all they wrote.", "[OPTIONS]");
        command.Add(new OptionGroup("Options", [force]));
        return new CommandDefinition(command, invocation => Prune(invocation, invocation.Values.GetValue(force)));
    }

    private static int Prune(Invocation invocation, bool force)
    {
        if (!force && !Confirmation.Ask(invocation.Terminal, "WARNING! This will remove all stopped containers."))
        {
            return ExitCode.Success;
        }

        invocation.Terminal.Out.WriteLine($"\nTotal reclaimed space: {HumanSize.Of(new PrunedParts(invocation).Containers())}");
        return ExitCode.Success;
    }
}
