using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Listings;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Store;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun history`.</summary>
internal static class HistoryCommand
{
    internal const string Summary = "Show how an image was made, layer by layer";

    internal static CommandDefinition Define()
    {
        Option<bool> whole = Switch("--no-trunc", "Ids and instructions in full");
        Option<bool> quiet = Switch("--quiet", "Ids alone", "-q");
        Option<string?> format = ListingFormat.Option();
        var image = new Argument<string>("IMAGE");
        var command = new DockerCommand("history", $"{Summary}, the last one first.", "[OPTIONS] IMAGE");
        command.Add(new OptionGroup("Options", [whole, quiet, format]));
        command.Arguments.Add(image);
        return new CommandDefinition(command, invocation =>
        {
            ImageStore store = new(invocation.DataRoot());
            StoredImage found = store.Get(invocation.Values.GetValue(image)!);
            ListingFormat shown = ListingFormat.Of(invocation.Values.GetValue(format), invocation.Values.GetValue(quiet));
            invocation.Terminal.Out.Write(HistoryListing.Of(DateTimeOffset.UtcNow, invocation.Values.GetValue(whole)).Text(Steps(store, found), shown, invocation.Terminal.IsScreen));
            return ExitCode.Success;
        });
    }

    private static List<HistoryStep> Steps(ImageStore store, StoredImage image)
    {
        List<HistoryStep> steps = [];
        int layer = 0;
        foreach (HistoryEntry entry in image.Document.History)
        {
            bool hasLayer = !entry.EmptyLayer && layer < image.Document.DiffIds.Count;
            steps.Add(new HistoryStep(entry, null, hasLayer ? store.Layers.SizeOf(image.Document.DiffIds[layer++]) : 0));
        }

        steps.Reverse();
        if (steps.Count > 0)
        {
            steps[0] = steps[0] with { Image = image.Id };
        }

        return steps;
    }
}
