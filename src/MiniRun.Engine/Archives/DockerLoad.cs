using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;

namespace MiniRun.Engine.Archives;

/// <summary>Images in docker's own format: it has no manifest of the registry's kind, so one is made.</summary>
internal sealed class DockerLoad(ImageStore store, ArchiveFiles files)
{
    internal IReadOnlyList<LoadedImage> Load(IReadOnlyList<DockerImageEntry> entries)
    {
        List<LoadedImage> images = [];
        foreach (DockerImageEntry entry in entries)
        {
            images.Add(Load(entry));
        }

        return images;
    }

    private LoadedImage Load(DockerImageEntry entry)
    {
        byte[] bytes = files.ReadDocument(entry.Config);
        ImageDocument document = DocumentReader.ReadConfig(bytes, entry.Config);
        if (document.DiffIds.Count != entry.Layers.Count)
        {
            throw new MiniRunException($"{entry.Config} counts {document.DiffIds.Count} layers, and the archive has {entry.Layers.Count} of them: it is damaged");
        }

        List<Descriptor> layers = [];
        for (int i = 0; i < entry.Layers.Count; i++)
        {
            layers.Add(TakeLayer(entry.Layers[i], document.DiffIds[i]));
        }

        StoredImage image = store.AddImage(document, store.Blobs.Add(MediaTypes.OciConfig, bytes), layers);
        List<ImageReference> names = [.. entry.RepoTags.Select(ImageReference.Parse)];
        store.Name(image.ManifestDescriptor, names);
        return new LoadedImage(image.Id, names);
    }

    /// <summary>Unpacks a layer before it is kept: what is refused leaves nothing.</summary>
    private Descriptor TakeLayer(string name, Digest diffId)
    {
        using (Stream unpacked = files.Open(name))
        {
            store.Layers.Unpack(diffId, unpacked, CancellationToken.None);
        }

        return store.Blobs.AddUnknown(MediaTypeOf(name), blob =>
        {
            using Stream contents = files.Open(name);
            contents.CopyTo(blob);
        });
    }

    private string MediaTypeOf(string name)
    {
        using Stream contents = files.Open(name);
        Span<byte> start = stackalloc byte[LayerCompression.MagicLength];
        return MediaTypes.OfLayer(LayerCompression.Detect(start[..contents.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]));
    }
}
