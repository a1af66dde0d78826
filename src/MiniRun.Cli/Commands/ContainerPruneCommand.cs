using System.CommandLine;
using MiniRun.Cli.CommandLine;
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
        return new CommandDefinition(command, invocation =>
        {
            PrunedParts parts = new(invocation);
            return parts.Prune(invocation.Values.GetValue(force), "WARNING! This will remove all stopped containers.", parts.Containers);
        });
    }
}
