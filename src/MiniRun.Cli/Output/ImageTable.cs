using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Inventory;

namespace MiniRun.Cli.Output;

/// <summary>docker's table of images.</summary>
internal static class ImageTable
{
    private const string None = "<none>";

    internal static string Of(IReadOnlyList<ImageSummary> images, DateTimeOffset now, bool full, bool digests)
    {
        List<string[]> rows = [digests ? ["REPOSITORY", "TAG", "DIGEST", "IMAGE ID", "CREATED", "SIZE"] : ["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"]];
        foreach (ImageSummary image in images)
        {
            string[] row = Row(image, now, full);
            rows.Add(digests ? [.. row[..2], DigestOf(image)?.ToString() ?? None, .. row[2..]] : row);
        }

        return TextTable.Of(rows);
    }

    internal static string Id(ImageSummary image, bool full) => full ? image.Id.ToString() : image.Id.Short;

    internal static string Repository(ImageSummary image) => image.Reference.Name?.FamiliarRepository ?? None;

    internal static string Tag(ImageSummary image) => image.Reference.Name?.Tag ?? None;

    /// <summary>The digest the image has in its registry, as far as it is known.</summary>
    internal static Digest? DigestOf(ImageSummary image) => image.Reference.RepositoryDigest ?? image.Reference.Name?.Digest;

    internal static string Age(DateTimeOffset? created, DateTimeOffset now) => created is { } time ? $"{HumanDuration.Of(now - time)} ago" : "N/A";

    private static string[] Row(ImageSummary image, DateTimeOffset now, bool full) =>
        [Repository(image), Tag(image), Id(image, full), Age(image.Image.Document.Created, now), HumanSize.Of(image.Size)];
}
