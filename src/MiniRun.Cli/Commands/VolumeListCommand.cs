using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Listings;
using MiniRun.Engine.Volumes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun volume ls`.</summary>
internal static class VolumeListCommand
{
    internal const string Summary = "List volumes";

    internal static CommandDefinition Define()
    {
        Option<bool> quiet = Switch("--quiet", "Names alone", "-q");
        Option<string[]> filters = Values("--filter", "KEY=VALUE", "Only some: name=PART, label=KEY[=VALUE], driver=local, dangling=true (no container has it)", "-f");
        Option<string?> format = ListingFormat.Option();
        var command = new DockerCommand("volume ls", $"{Summary}.", "[OPTIONS]") { Examples = ["minirun volume ls --filter dangling=true"] };
        command.Add(new OptionGroup("Options", [quiet, filters, format]));
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            List(invocation, VolumeFilter.Parse(values.GetValue(filters) ?? [], prunes: false), values.GetValue(quiet), values.GetValue(format));
            return ExitCode.Success;
        });
    }

    private static void List(Invocation invocation, VolumeFilter filter, bool quiet, string? format)
    {
        VolumeStore store = new(invocation.DataRoot());
        Lazy<VolumeUsers> users = new(() => VolumeUsers.Read(invocation.Store()));
        IReadOnlyList<Volume> volumes = [.. store.List().Where(volume => filter.Takes(volume, users))];
        ListingFormat shown = quiet && format is (null or "" or "table") ? new ListingFormat(IsTable: false, "{{.Name}}") : ListingFormat.Of(format);
        invocation.Terminal.Out.Write(VolumeListing.Of(store).Text(volumes, shown, invocation.Terminal.IsScreen));
    }
}
