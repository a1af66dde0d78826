using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;

namespace MiniRun.Engine.Snapshots;

/// <summary>`minirun import`: a root file system's tar becomes an image of one layer.</summary>
public sealed class ImportImage(ImageStore store)
{
    private const int CopyBuffer = 1 << 16;

    /// <summary>Makes the image.</summary>
    /// <param name="tar">Plain, gzip or zstd; read to its end.</param>
    /// <param name="name">Its name; null for none.</param>
    /// <param name="changes">Dockerfile instructions that change its configuration.</param>
    /// <param name="message">The comment in its history.</param>
    /// <param name="source">Where the tar came from, for its history.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="MiniRunException">It is no tar, or a change is none.</exception>
    public Digest Import(Stream tar, ImageReference? name, IReadOnlyList<string> changes, string message, string source)
    {
        ImageConfig config = ConfigChanges.Apply(new ImageConfig(), changes);
        using IDisposable use = store.Use();
        store.RemoveDead();
        string mediaType = MediaTypes.OciLayer;
        Descriptor blob = store.Blobs.AddUnknown(mediaType, target => tar.CopyTo(target, CopyBuffer));
        (Digest diffId, mediaType) = Examine(blob);
        using (Stream contents = store.Blobs.OpenRead(blob.Digest))
        {
            store.Layers.Unpack(diffId, contents, CancellationToken.None);
        }

        return new NewImage
        {
            Config = config,
            Layer = blob with { MediaType = mediaType },
            DiffId = diffId,
            CreatedBy = $"import {source}",
            Comment = message.Length > 0 ? message : $"Imported from {source}",
            Name = name,
        }.Add(store, DateTimeOffset.UtcNow);
    }

    /// <summary>The digest of the tar itself, and the type that its compression makes it.</summary>
    private (Digest DiffId, string MediaType) Examine(Descriptor blob)
    {
        Span<byte> start = stackalloc byte[LayerCompression.MagicLength];
        using (Stream contents = store.Blobs.OpenRead(blob.Digest))
        {
            start = start[..contents.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        string mediaType = MediaTypes.OfLayer(LayerCompression.Detect(start));
        using Stream blobContents = store.Blobs.OpenRead(blob.Digest);
        using Stream tar = LayerCompression.Decompress(blobContents);
        using HashingStream hash = new(Stream.Null);
        tar.CopyTo(hash, CopyBuffer);
        return (hash.Digest(), mediaType);
    }
}
