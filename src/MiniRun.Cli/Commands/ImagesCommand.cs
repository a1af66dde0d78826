using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Listings;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inventory;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun images`.</summary>
internal static class ImagesCommand
{
    internal const string Summary = "List images";

    internal static CommandDefinition Define()
    {
        Option<bool> all = Switch("--all", "Accepted for docker's sake: intermediate images are not kept as images", "-a");
        Option<bool> quiet = Switch("--quiet", "Ids alone", "-q");
        Option<bool> whole = Switch("--no-trunc", "Ids in full");
        Option<bool> digests = Switch("--digests", "Also the digests that registries know the images by");
        Option<string[]> filters = Values("--filter", "FILTER", "dangling=true|false, or reference=NAME", "-f");
        Option<string?> format = ListingFormat.Option();
        var name = new Argument<string?>("REPOSITORY") { Arity = ArgumentArity.ZeroOrOne };
        var command = new DockerCommand("images", $"{Summary}, the newest first.", "[OPTIONS] [REPOSITORY[:TAG]]")
        {
            Examples = ["minirun images", "# ids of images that have lost their name", "minirun images -q --filter dangling=true", "minirun images --format '{{.Repository}}:{{.Tag}} {{.Size}}'"],
        };
        command.Add(new OptionGroup("Options", [all, quiet, whole, digests, filters, format]));
        command.Arguments.Add(name);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            IReadOnlyList<ImageSummary> images = Chosen(new ListImages(new ImageStore(invocation.DataRoot())).List(), values.GetValue(name), values.GetValue(filters) ?? []);
            bool plain = values.GetValue(format) is null or "" or "table";
            Listing<ImageSummary> listing = ImageListing.Of(DateTimeOffset.UtcNow, values.GetValue(whole), values.GetValue(digests));
            ListingFormat shown = ListingFormat.Of(values.GetValue(format), values.GetValue(quiet));
            // An image of several names is one id: what takes them away fails over one that is told twice.
            IReadOnlyList<ImageSummary> told = values.GetValue(quiet) && plain ? [.. images.DistinctBy(image => image.Id)] : images;
            invocation.Terminal.Out.Write(listing.Text(told, shown, invocation.Terminal.IsScreen));
            return ExitCode.Success;
        });
    }

    private static IReadOnlyList<ImageSummary> Chosen(IReadOnlyList<ImageSummary> images, string? name, string[] filters)
    {
        IEnumerable<ImageSummary> chosen = images;
        if (name is not null)
        {
            chosen = Named(chosen, name);
        }

        foreach (string filter in filters)
        {
            chosen = filter switch
            {
                "dangling=true" => chosen.Where(image => image.Reference.Name is null),
                "dangling=false" => chosen.Where(image => image.Reference.Name is not null),
                _ when filter.StartsWith("reference=", StringComparison.Ordinal) => Named(chosen, filter["reference=".Length..]),
                _ => throw new UsageException($"--filter {filter}: dangling=true, dangling=false or reference=NAME is expected"),
            };
        }

        return [.. chosen];
    }

    private static IEnumerable<ImageSummary> Named(IEnumerable<ImageSummary> images, string text)
    {
        ImageReference wanted = ImageReference.Parse(text);
        bool anyTag = !text.Contains('@', StringComparison.Ordinal) && text.LastIndexOf(':') <= text.LastIndexOf('/');
        return images.Where(image => image.Reference.Name is { } name && name.Repository == wanted.Repository && (anyTag || name == wanted));
    }
}
