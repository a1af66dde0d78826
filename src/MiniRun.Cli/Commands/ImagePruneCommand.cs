using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inventory;
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
        TextWriter output = invocation.Terminal.Out;
        string what = all ? "all images without at least one container associated to them" : "all dangling images";
        if (!force && !Confirmation.Ask(invocation.Terminal, $"WARNING! This will remove {what}."))
        {
            return ExitCode.Success;
        }

        (IReadOnlyList<string> untagged, CollectedContents deleted) =
            new PruneImages(new ImageStore(invocation.DataRoot()), invocation.Store(), invocation.Runtime()).Prune(all);
        if (untagged.Count + deleted.Layers.Count > 0)
        {
            output.WriteLine("Deleted Images:");
        }

        foreach (string name in untagged)
        {
            output.WriteLine($"untagged: {name}");
        }

        foreach (Digest layer in deleted.Layers)
        {
            output.WriteLine($"deleted: {layer}");
        }

        output.WriteLine($"\nTotal reclaimed space: {HumanSize.Of(deleted.Bytes)}");
        return ExitCode.Success;
    }
}
