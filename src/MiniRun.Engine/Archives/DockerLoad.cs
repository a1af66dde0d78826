using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;

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
        ImageDocument document = DocumentReader.ReadConfig(bytes, entry.Layers.Count, entry.Config);
        List<Descriptor> layers = [];
        for (int i = 0; i < entry.Layers.Count; i++)
        {
            string layer = entry.Layers[i];
            layers.Add(store.AddLayer(document.DiffIds[i], () => files.Open(layer)));
        }

        StoredImage image = store.AddImage(document, store.Blobs.Add(MediaTypes.OciConfig, bytes), layers);
        List<ImageReference> names = [.. entry.RepoTags.Select(ImageReference.Parse)];
        store.Name(image.ManifestDescriptor, names);
        return new LoadedImage(image.Id, names);
    }
}
