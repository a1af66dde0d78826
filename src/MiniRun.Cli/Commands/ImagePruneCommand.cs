using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun image prune`.</summary>
internal static class ImagePruneCommand
{
    internal const string Summary = "Remove images that nothing needs";

    internal static CommandDefinition Define()
    {
        Option<bool> all = Switch("--all", "Also images with names that no container is made of", "-a");
        Option<bool> force = Switch("--force", "Do not ask", "-f");
        var command = new DockerCommand("image prune", $"{Summary}: those without a name, and contents that belong to none.", "[OPTIONS]");
        command.Add(new OptionGroup("Options", [all, force]));
        return new CommandDefinition(command, invocation => Prune(invocation, invocation.Values.GetValue(all), invocation.Values.GetValue(force))) { WritesImages = true };
    }

    private static int Prune(Invocation invocation, bool all, bool force)
    {
        if (!force && !Confirmation.Ask(invocation.Terminal, $"WARNING! This will remove {PrunedParts.ImagesMeant(all)}."))
        {
            return ExitCode.Success;
        }

        invocation.Terminal.Out.WriteLine($"\nTotal reclaimed space: {HumanSize.Of(new PrunedParts(invocation).Images(all))}");
        return ExitCode.Success;
    }
}
