using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Snapshots;

/// <summary>An image that is made of a layer and what lies below it.</summary>
internal sealed record NewImage
{
    /// <summary>What it is made on; null for nothing.</summary>
    internal StoredImage? Base { get; init; }

    /// <summary>What its programs are made for.</summary>
    internal Platform Platform { get; init; } = Platform.Host;

    internal required ImageConfig Config { get; init; }

    internal required Descriptor Layer { get; init; }

    internal required Digest DiffId { get; init; }

    internal required string CreatedBy { get; init; }

    internal string Comment { get; init; } = "";

    internal string Author { get; init; } = "";

    internal ImageReference? Name { get; init; }

    /// <summary>Puts it into the store under its name, or without one; its layer is there, packed and unpacked.</summary>
    /// <returns>Its id.</returns>
    internal Digest Add(ImageStore store, DateTimeOffset now)
    {
        ImageDocument document = new()
        {
            Platform = Platform,
            Created = now,
            Author = Author.Length > 0 ? Author : Base?.Document.Author ?? "",
            Config = Config,
            DiffIds = [.. Base?.Document.DiffIds ?? [], DiffId],
            History = [.. Base?.Document.History ?? [], new HistoryEntry { Created = now, CreatedBy = CreatedBy, Comment = Comment, Author = Author }],
        };
        StoredImage image = store.AddImage(document, [.. Base?.Manifest.Layers ?? [], Layer]);
        store.Name(image.ManifestDescriptor, Name is null ? [] : [Name]);
        return image.Id;
    }
}
