using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Snapshots;

/// <summary>`minirun import`: a root file system's tar becomes an image of one layer.</summary>
public sealed class ImportImage(ImageStore store)
{
    private const uint FileMode = 0x180; // 0600

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
        // Laid down before it is judged, and kept only then: what is no tar leaves nothing.
        using StagingFolder staging = StagingFolder.Make(store.Staging);
        string path = $"{staging.Path}/tar";
        using (DescriptorStream file = new(HostFile.Open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, FileMode), path))
        {
            tar.CopyTo(file);
        }

        Digest diffId = DiffIdOf(path);
        Descriptor blob = store.AddLayer(diffId, () => Open(path));
        return new NewImage
        {
            Config = config,
            Layer = blob,
            DiffId = diffId,
            CreatedBy = $"import {source}",
            Comment = message.Length > 0 ? message : $"Imported from {source}",
            Name = name,
        }.Add(store, DateTimeOffset.UtcNow);
    }

    private static DescriptorStream Open(string path) => new(HostFile.Open(path, OpenFlags.O_RDONLY), path);

    /// <summary>The digest of the tar itself, whatever its compression.</summary>
    private static Digest DiffIdOf(string path)
    {
        using Stream contents = Open(path);
        using Stream tar = LayerCompression.Decompress(contents);
        using HashingWriteStream hash = new(Stream.Null);
        tar.CopyTo(hash);
        return Digest.Parse(hash.TakeDigest(), path);
    }
}
