using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Volumes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun volume prune`.</summary>
internal static class VolumePruneCommand
{
    internal const string Summary = "Remove volumes that no container has";

    internal static CommandDefinition Define()
    {
        Option<bool> all = Switch("--all", "Also those that were named", "-a");
        Option<bool> force = Switch("--force", "Do not ask", "-f");
        Option<string[]> filters = Values("--filter", "KEY=VALUE", "Only some: label=KEY[=VALUE], label!=KEY[=VALUE]");
        var command = new DockerCommand("volume prune", $"{Summary}, of those that nobody named.", "[OPTIONS]");
        command.Add(new OptionGroup("Options", [all, force, filters]));
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            VolumeFilter filter = VolumeFilter.Parse(values.GetValue(filters) ?? [], prunes: true);
            bool named = values.GetValue(all) || filter.All;
            PrunedParts parts = new(invocation);
            return parts.Prune(values.GetValue(force), $"WARNING! This will remove {(named ? "all" : "anonymous")} local volumes not used by at least one container.", () => parts.Volumes(named, filter));
        });
    }
}
