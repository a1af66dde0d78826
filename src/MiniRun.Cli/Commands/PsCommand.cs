using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Listings;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Listing;
using MiniRun.Engine.Options;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun ps`.</summary>
internal sealed class PsCommand
{
    internal const string Summary = "List containers";

    private readonly Option<bool> _all = Switch("--all", "Also those that do not run", "-a");
    private readonly Option<string[]> _filters = Values("--filter", "KEY=VALUE", "Those of which this is true, such as status=exited, label=KEY=VALUE, ancestor=IMAGE, name=^web, since=CONTAINER", "-f");
    private readonly Option<string?> _format = ListingFormat.Option();
    private readonly Option<string?> _last = Value("--last", "NUMBER", "The newest ones alone, running or not", "-n");
    private readonly Option<bool> _latest = Switch("--latest", "The newest one alone, running or not", "-l");
    private readonly Option<bool> _whole = Switch("--no-trunc", "Ids, commands and mounts in full");
    private readonly Option<bool> _quiet = Switch("--quiet", "Ids alone", "-q");
    private readonly Option<bool> _size = Switch("--size", "What each has written, and with its image", "-s");

    internal static CommandDefinition Define()
    {
        var ps = new PsCommand();
        var command = new DockerCommand("ps", $"{Summary} that run, the newest first.", "[OPTIONS]")
        {
            Examples =
            [
                "minirun ps -a --format '{{.Names}}: {{.Status}}'",
                "minirun ps --format 'table {{.ID}}\\t{{.Image}}\\t{{.Names}}'",
                "# remove all that have failed",
                "minirun rm $(minirun ps -aq --filter exited=1)",
            ],
        };
        command.Add(new OptionGroup("Options", [ps._all, ps._filters, ps._format, ps._last, ps._latest, ps._whole, ps._quiet, ps._size]));
        return new CommandDefinition(command, ps.List);
    }

    private int List(Invocation invocation)
    {
        ParseResult values = invocation.Values;
        ListingFormat format = Format(invocation);
        bool size = values.GetValue(_size);
        // As docker: a template that asks for sizes need not say --size.
        bool counts = size || format.Template?.Contains(".Size", StringComparison.Ordinal) == true;
        var facts = new ContainerFacts(invocation.Store(), RunReader.Read);
        IReadOnlyList<ListedContainer> containers = new SelectContainers(facts, invocation.Runtime()).Select(Selection(values));
        invocation.Terminal.Out.Write(ContainerListing.Of(DateTimeOffset.UtcNow, values.GetValue(_whole), size, counts).Text(containers, format, invocation.Terminal.IsScreen));
        return ExitCode.Success;
    }

    private ContainerSelection Selection(ParseResult values)
    {
        int? last = (int?)values.One(_last, static (text, option) => OptionNumber.Parse(text, option, -1, int.MaxValue));
        return new ContainerSelection
        {
            All = values.GetValue(_all),
            Last = values.GetValue(_latest) ? 1 : last,
            Filters = ContainerFilters.Parse(values.GetValue(_filters) ?? []),
        };
    }

    /// <summary>Here docker lets --quiet win over a template, unlike for images.</summary>
    private ListingFormat Format(Invocation invocation)
    {
        bool quiet = invocation.Values.GetValue(_quiet);
        string? format = invocation.Values.GetValue(_format);
        if (quiet && !string.IsNullOrEmpty(format))
        {
            invocation.Terminal.Error.Write("WARNING: Ignoring custom format, because both --format and --quiet are set.\n");
        }

        return ListingFormat.Of(quiet ? null : format, quiet);
    }
}
