using System.Globalization;
using MiniRun.Linux;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`history`: docker's fields of the steps that made an image.</summary>
internal static class HistoryListing
{
    private const int ShownWidth = 45;

    /// <param name="now">What ages are counted up to.</param>
    /// <param name="full">Whether ids and instructions are shown in full.</param>
    internal static Listing<HistoryStep> Of(DateTimeOffset now, bool full) => new()
    {
        Item = "history",
        Columns = ["ID", "CreatedSince", "CreatedBy", "Size", "Comment"],
        Fields =
        [
            new("ID", "IMAGE", step => step.Image is { } id ? full ? id.ToString() : id.Short : "<missing>"),
            new("CreatedSince", "CREATED", step => ImageListing.Age(step.Entry.Created, now)),
            new("CreatedAt", "CREATED AT", step => step.Entry.Created?.ToLocalTime().ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal) ?? ""),
            new("CreatedBy", "CREATED BY", step => ContainerListing.Shortened(step.Entry.CreatedBy, ShownWidth, full)),
            new("Size", "SIZE", step => HumanSize.Of(step.Size)),
            new("Comment", "COMMENT", step => OneLine.Of(step.Entry.Comment)),
        ],
    };
}
