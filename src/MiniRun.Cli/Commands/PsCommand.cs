using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Listings;
using MiniRun.Engine.Containers;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun ps`.</summary>
internal static class PsCommand
{
    internal const string Summary = "List containers";

    internal static CommandDefinition Define()
    {
        Option<bool> all = Switch("--all", "Also those whose program has ended", "-a");
        Option<bool> quiet = Switch("--quiet", "Ids alone", "-q");
        Option<bool> whole = Switch("--no-trunc", "Ids and commands in full");
        Option<string?> format = ListingFormat.Option();
        var command = new DockerCommand("ps", $"{Summary} that run.", "[OPTIONS]")
        {
            Examples = ["minirun ps -a --format '{{.Names}}: {{.Status}}'", "minirun ps --format 'table {{.ID}}\\t{{.Image}}\\t{{.Names}}'"],
        };
        command.Add(new OptionGroup("Options", [all, quiet, whole, format]));
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            ListingFormat shown = Shown(invocation, values.GetValue(format), values.GetValue(quiet));
            IReadOnlyList<ContainerSummary> containers = new ListContainers(invocation.Store(), invocation.Runtime()).List(values.GetValue(all));
            invocation.Terminal.Out.Write(ContainerListing.Of(DateTimeOffset.UtcNow, values.GetValue(whole)).Text(containers, shown));
            return ExitCode.Success;
        });
    }

    /// <summary>Here docker lets --quiet win over a template, unlike for images.</summary>
    private static ListingFormat Shown(Invocation invocation, string? format, bool quiet)
    {
        if (quiet && !string.IsNullOrEmpty(format))
        {
            invocation.Terminal.Error.Write("WARNING: Ignoring custom format, because both --format and --quiet are set.\n");
        }

        return ListingFormat.Of(quiet ? null : format, quiet);
    }
}
