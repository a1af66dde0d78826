using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
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
            return Prune(invocation, filter, values.GetValue(all) || filter.All, values.GetValue(force));
        });
    }

    private static int Prune(Invocation invocation, VolumeFilter filter, bool all, bool force)
    {
        string what = all ? "all local volumes not used by at least one container" : "anonymous local volumes not used by at least one container";
        if (!force && !Confirmation.Ask(invocation.Terminal, $"WARNING! This will remove {what}."))
        {
            return ExitCode.Success;
        }

        long bytes = new PrunedParts(invocation).Volumes(all, filter);
        invocation.Terminal.Out.WriteLine($"\nTotal reclaimed space: {HumanSize.Of(bytes)}");
        return ExitCode.Success;
    }
}
