using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Inventory;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`images`: docker's fields of images.</summary>
internal static class ImageListing
{
    private const string None = "<none>";

    /// <param name="now">What ages are counted up to.</param>
    /// <param name="full">Whether ids are shown in full.</param>
    /// <param name="digests">Whether the table has a column of digests.</param>
    internal static Listing<ImageSummary> Of(DateTimeOffset now, bool full, bool digests) => new()
    {
        Item = "image",
        Columns = digests ? ["Repository", "Tag", "Digest", "ID", "CreatedSince", "Size"] : ["Repository", "Tag", "ID", "CreatedSince", "Size"],
        Fields =
        [
            new("ID", "IMAGE ID", image => full ? image.Id.ToString() : image.Id.Short),
            new("Repository", "REPOSITORY", image => image.Reference.Name?.FamiliarRepository ?? None),
            new("Tag", "TAG", image => image.Reference.Name?.Tag ?? None),
            new("Digest", "DIGEST", image => DigestOf(image)?.ToString() ?? None),
            new("CreatedSince", "CREATED", image => Age(image.Image.Document.Created, now)),
            new("CreatedAt", "CREATED AT", image => image.Image.Document.Created is { } created ? GoTime.Of(created) : "N/A"),
            new("Size", "SIZE", image => HumanSize.Of(image.Size)),
        ],
    };

    internal static string Age(DateTimeOffset? created, DateTimeOffset now) => created is { } time ? $"{HumanDuration.Of(now - time)} ago" : "N/A";

    /// <summary>The digest the image has in its registry, as far as it is known.</summary>
    private static Digest? DigestOf(ImageSummary image) => image.Reference.RepositoryDigest ?? image.Reference.Name?.Digest;
}
