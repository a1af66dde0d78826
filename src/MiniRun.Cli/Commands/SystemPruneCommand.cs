using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Volumes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun system prune`.</summary>
internal static class SystemPruneCommand
{
    internal const string Summary = "Remove what nothing needs any more";

    internal static CommandDefinition Define()
    {
        Option<bool> all = Switch("--all", "Also images with names that no container is made of, and all build cache", "-a");
        Option<bool> force = Switch("--force", "Do not ask", "-f");
        Option<bool> volumes = Switch("--volumes", "Also volumes that nobody named and no container has");
        var command = new DockerCommand("system prune", $"{Summary}: stopped containers, images without a name, build cache whose layers are gone.", "[OPTIONS]");
        command.Add(new OptionGroup("Options", [all, force, volumes]));
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            return Prune(invocation, values.GetValue(all), values.GetValue(volumes), values.GetValue(force));
        })
        { WritesImages = true };
    }

    private static int Prune(Invocation invocation, bool all, bool volumes, bool force)
    {
        PrunedParts parts = new(invocation);

        // Containers keep volumes and images, and images keep the layers that the build cache knows, so the order is this one.
        (string What, Func<long> Do)[] steps =
        [
            ("all stopped containers", parts.Containers),
            .. volumes ? [("all anonymous volumes not used by at least one container", () => parts.Volumes(all: false, VolumeFilter.Parse([], prunes: true)))] : Array.Empty<(string, Func<long>)>(),
            (PrunedParts.ImagesMeant(all), () => parts.Images(all)),
            (all ? "all build cache" : "unused build cache", () => parts.BuildCache(all)),
        ];
        string warning = $"WARNING! This will remove:\n{string.Concat(steps.Select(step => $"  - {step.What}\n"))}";
        return parts.Prune(force, warning, () => steps.Sum(step => step.Do()));
    }
}
