using System.CommandLine;
using MiniRun.Cli.CommandLine;
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
        return new CommandDefinition(command, invocation =>
        {
            PrunedParts parts = new(invocation);
            bool named = invocation.Values.GetValue(all);
            return parts.Prune(invocation.Values.GetValue(force), $"WARNING! This will remove {PrunedParts.ImagesMeant(named)}.", () => parts.Images(named));
        })
        { WritesImages = true };
    }
}
