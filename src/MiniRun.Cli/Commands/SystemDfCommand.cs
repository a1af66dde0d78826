using System.CommandLine;
using System.Text.Json;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Listings;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Inventory;
using MiniRun.Engine.Listing;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun system df`.</summary>
internal static class SystemDfCommand
{
    internal const string Summary = "Show what images, containers and volumes take on disk";

    private static readonly ListingFormat s_objects = ListingFormat.Of("json");

    internal static CommandDefinition Define()
    {
        Option<bool> verbose = Switch("--verbose", "Each of them; with --format one object with Images, Containers, Volumes and BuildCache", "-v");
        Option<string?> format = ListingFormat.Option();
        var command = new DockerCommand("system df", $"{Summary}.", "[OPTIONS]")
        {
            Examples = ["minirun system df -v", "minirun system df -v --format '{{range .Images}}{{.Repository}} {{.UniqueSize}}{{println}}{{end}}'"],
        };
        command.Add(new OptionGroup("Options", [verbose, format]));
        return new CommandDefinition(command, invocation => invocation.Values.GetValue(verbose)
            ? ShowEach(invocation, invocation.Values.GetValue(format))
            : Show(invocation, ListingFormat.Of(invocation.Values.GetValue(format))));
    }

    private static int Show(Invocation invocation, ListingFormat format)
    {
        DiskUsage usage = new(new ImageStore(invocation.DataRoot()), invocation.Store(), invocation.Runtime());
        invocation.Terminal.Out.Write(DiskUsageListing.Lines.Text([usage.Images(), usage.Containers(), usage.Volumes(), usage.BuildCache()], format, invocation.Terminal.IsScreen));
        return ExitCode.Success;
    }

    private static int ShowEach(Invocation invocation, string? format)
    {
        ImageStore store = new(invocation.DataRoot());
        DiskUsageDetails details = new(store, invocation.Store(), invocation.Runtime());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        ContainerFacts facts = new(invocation.Store(), RunReader.Read);
        IReadOnlyList<ListedContainer> containers = new SelectContainers(facts, invocation.Runtime()).Select(new ContainerSelection { All = true, Filters = ContainerFilters.Parse([]) });
        bool isTable = ListingFormat.Of(format).IsTable;
        ListingFormat shown = isTable ? ListingFormat.Of(null) : s_objects;
        string images = DiskUsageListing.Images(now).Text(details.Images(), shown);
        string listed = DiskUsageListing.Containers(now).Text(containers, shown);
        string volumes = DiskUsageListing.Volumes.Text(details.Volumes(), shown);
        DiskUsageLine cache = new DiskUsage(store, invocation.Store(), invocation.Runtime()).BuildCache();
        if (!isTable)
        {
            string entries = DiskUsageListing.Lines.Text([cache], shown);
            return FormattedDocument.Print(invocation.Terminal, FormattedDocument.Of(json => Write(json, ("Images", images), ("Containers", listed), ("Volumes", volumes), ("BuildCache", entries))), format!);
        }

        invocation.Terminal.Out.Write($"Images space usage:\n\n{images}\nContainers space usage:\n\n{listed}\nLocal Volumes space usage:\n\n{volumes}\nBuild cache usage: {Output.HumanSize.Of(cache.Size)}\n");
        return ExitCode.Success;
    }

    /// <summary>Lists of objects, each of which stands on a line.</summary>
    private static void Write(Utf8JsonWriter json, params (string Name, string Lines)[] lists)
    {
        json.WriteStartObject();
        foreach ((string name, string lines) in lists)
        {
            json.WriteStartArray(name);
            foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                json.WriteRawValue(line);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
