using System.IO.Compression;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Tests.Layers;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Tests.Images.Store;

/// <summary>An image store of its own, and small images to put in it.</summary>
internal sealed class TestStore : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("minirun-store-").FullName;

    internal DataRoot Data => DataRoot.Of(Folder, isRoot: true, _ => null);

    internal ImageStore Open() => new(Data);

    /// <summary>Puts an image of one-file layers into the store; the texts are the files' contents.</summary>
    internal static Descriptor Add(ImageStore store, params string[] layers)
    {
        List<Descriptor> blobs = [];
        List<Digest> diffIds = [];
        foreach (string text in layers)
        {
            byte[] tar = new TarBuilder().File("file", text).Bytes;
            byte[] blob = Compressed(tar);
            blobs.Add(store.Blobs.Add(MediaTypes.OciLayerGzip, blob));
            diffIds.Add(Digest.Of(tar));
            store.Layers.Unpack(diffIds[^1], new MemoryStream(blob), CancellationToken.None);
        }

        ImageDocument document = new() { Platform = Platform.Host, Config = new ImageConfig { Cmd = ["/file"] }, DiffIds = diffIds };
        Descriptor config = store.Blobs.Add(MediaTypes.OciConfig, DocumentWriter.Write(document));
        return store.Blobs.Add(MediaTypes.OciManifest, DocumentWriter.Write(new ImageManifest(MediaTypes.OciManifest, config, blobs)));
    }

    internal static StoredReference Named(string name, Descriptor manifest) => new(manifest) { Name = ImageReference.Parse(name) };

    internal static byte[] Compressed(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    public void Dispose() => TreeRemoval.Remove(Folder);
}
