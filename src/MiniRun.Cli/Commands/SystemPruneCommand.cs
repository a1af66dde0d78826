using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
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
        Option<bool> volumes = Switch("--volumes", "Refused: minirun keeps no volumes");
        var command = new DockerCommand("system prune", $"{Summary}: stopped containers, images without a name, build cache whose layers are gone.", "[OPTIONS]");
        command.Add(new OptionGroup("Options", [all, force, volumes]));
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            return values.GetValue(volumes)
                ? throw new UsageException("--volumes: minirun keeps no volumes, so there are none to remove: leave it out")
                : Prune(invocation, values.GetValue(all), values.GetValue(force));
        })
        { WritesImages = true };
    }

    private static int Prune(Invocation invocation, bool all, bool force)
    {
        PrunedParts parts = new(invocation);

        // Containers keep images and images keep the layers that the build cache knows, so the order is this one.
        (string What, Func<long> Do)[] steps =
        [
            ("all stopped containers", parts.Containers),
            (PrunedParts.ImagesMeant(all), () => parts.Images(all)),
            (all ? "all build cache" : "unused build cache", () => parts.BuildCache(all)),
        ];
        string warning = $"WARNING! This will remove:\n{string.Concat(steps.Select(step => $"  - {step.What}\n"))}";
        if (!force && !Confirmation.Ask(invocation.Terminal, warning))
        {
            return ExitCode.Success;
        }

        long bytes = 0;
        foreach ((_, Func<long> prune) in steps)
        {
            bytes += prune();
        }

        invocation.Terminal.Out.WriteLine($"\nTotal reclaimed space: {HumanSize.Of(bytes)}");
        return ExitCode.Success;
    }
}
