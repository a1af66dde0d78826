using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Listings;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inventory;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun system df`.</summary>
internal static class SystemDfCommand
{
    internal const string Summary = "Show what images, containers and volumes take on disk";

    internal static CommandDefinition Define()
    {
        Option<string?> format = ListingFormat.Option();
        var command = new DockerCommand("system df", $"{Summary}.", "[OPTIONS]");
        command.Add(new OptionGroup("Options", [format]));
        return new CommandDefinition(command, invocation =>
        {
            DiskUsage usage = new(new ImageStore(invocation.DataRoot()), invocation.Store(), invocation.Runtime());
            string text = DiskUsageListing.Lines.Text([usage.Images(), usage.Containers(), usage.Volumes()], ListingFormat.Of(invocation.Values.GetValue(format)));
            invocation.Terminal.Out.Write(text);
            return ExitCode.Success;
        });
    }
}
