using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
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
        Option<string?> format = Value("--format", "FORMAT", "table, or json: an object a line");
        var name = new Argument<string?>("REPOSITORY") { Arity = ArgumentArity.ZeroOrOne };
        var command = new DockerCommand("images", $"{Summary}, the newest first.", "[OPTIONS] [REPOSITORY[:TAG]]")
        {
            Examples = ["minirun images", "# ids of images that have lost their name", "minirun images -q --filter dangling=true"],
        };
        command.Add(new OptionGroup("Options", [all, quiet, whole, digests, filters, format]));
        command.Arguments.Add(name);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            IReadOnlyList<ImageSummary> images = Chosen(new ListImages(new ImageStore(invocation.DataRoot())).List(), values.GetValue(name), values.GetValue(filters) ?? []);
            string text = Text(images, values.GetValue(quiet), values.GetValue(whole), values.GetValue(digests), values.GetValue(format));
            invocation.Terminal.Out.Write(text);
            return ExitCode.Success;
        });
    }

    private static string Text(IReadOnlyList<ImageSummary> images, bool quiet, bool full, bool digests, string? format)
    {
        if (quiet)
        {
            return string.Concat(images.Select(image => ImageTable.Id(image, full)).Distinct().Select(id => $"{id}\n"));
        }

        return format switch
        {
            null or "table" => ImageTable.Of(images, DateTimeOffset.UtcNow, full, digests),
            "json" => string.Concat(images.Select(image => Json(image, full))),
            _ => throw new UsageException($"--format {format}: table and json are what images can be listed as"),
        };
    }

    private static string Json(ImageSummary image, bool full) => JsonOutput.Line(json =>
    {
        json.WriteString("CreatedAt"u8, image.Image.Document.Created?.ToString("yyyy-MM-dd HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture) ?? "N/A");
        json.WriteString("CreatedSince"u8, ImageTable.Age(image.Image.Document.Created, DateTimeOffset.UtcNow));
        json.WriteString("Digest"u8, ImageTable.DigestOf(image)?.ToString() ?? "<none>");
        json.WriteString("ID"u8, ImageTable.Id(image, full));
        json.WriteString("Repository"u8, ImageTable.Repository(image));
        json.WriteString("Size"u8, HumanSize.Of(image.Size));
        json.WriteString("Tag"u8, ImageTable.Tag(image));
    });

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
