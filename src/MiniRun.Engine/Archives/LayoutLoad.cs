using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Archives;

/// <summary>Images in an OCI image layout within an archive. Manifests are taken as they are, so that their digests stay.</summary>
internal sealed class LayoutLoad(ImageStore store, ArchiveFiles files, IReadOnlyList<DockerImageEntry> dockerEntries, Platform platform)
{
    internal IReadOnlyList<LoadedImage> Load()
    {
        List<LoadedImage> images = [];
        foreach (Descriptor descriptor in DocumentReader.ReadLayoutIndex(files.ReadDocument(LayoutFormat.IndexFile), LayoutFormat.IndexFile))
        {
            images.Add(Load(descriptor));
        }

        return images.Count > 0 ? images : throw new MiniRunException($"{LayoutFormat.IndexFile} lists no images: the archive is empty");
    }

    private LoadedImage Load(Descriptor top)
    {
        ManifestOrIndex contents = ReadManifest(top);
        Descriptor descriptor = top;
        if (contents.Index is { } index)
        {
            descriptor = index.Find(platform) ?? throw new MiniRunException($"{top.Digest} in the archive has no image for {platform}");
            contents = ReadManifest(descriptor);
        }

        ImageManifest manifest = contents.Manifest ?? throw new MiniRunException($"{descriptor.Digest} in the archive is an index in an index, which minirun does not follow");
        ImageDocument document = DocumentReader.ReadConfig(ReadVerified(manifest.Config), manifest.Layers.Count, manifest.Config.Digest.ToString());
        for (int i = 0; i < manifest.Layers.Count; i++)
        {
            TakeLayer(manifest.Layers[i], document.DiffIds[i]);
        }

        Take(manifest.Config);
        Take(descriptor);
        IReadOnlyList<ImageReference> names = NamesOf(top, manifest);
        store.Name(new Descriptor(descriptor.MediaType, descriptor.Digest, descriptor.Size), names);
        return new LoadedImage(manifest.Config.Digest, names);
    }

    private ManifestOrIndex ReadManifest(Descriptor descriptor) =>
        DocumentReader.ReadManifestOrIndex(ReadVerified(descriptor), descriptor.MediaType, descriptor.Digest.ToString());

    private byte[] ReadVerified(Descriptor descriptor)
    {
        byte[] bytes = files.ReadDocument(LayoutFormat.BlobPath(descriptor.Digest));
        return descriptor.Digest.IsOf(bytes)
            ? bytes
            : throw new MiniRunException($"{descriptor.Digest} in the archive has other contents: it is damaged, or was tampered with");
    }

    /// <summary>Unpacks a layer before it is kept, so that one that is refused leaves no blob. The layers before it stay until images are next pruned or removed.</summary>
    private void TakeLayer(Descriptor layer, Digest diffId)
    {
        using (Stream contents = files.Open(LayoutFormat.BlobPath(layer.Digest)))
        {
            store.Layers.Unpack(diffId, contents, CancellationToken.None);
        }

        Take(layer);
    }

    private void Take(Descriptor descriptor)
    {
        using BlobIngest? ingest = store.Blobs.Begin(descriptor, resume: false);
        if (ingest is null)
        {
            return;
        }

        using Stream contents = ingest.Receive(files.Open(LayoutFormat.BlobPath(descriptor.Digest)));
        contents.CopyTo(Stream.Null);
    }

    private IReadOnlyList<ImageReference> NamesOf(Descriptor top, ImageManifest manifest)
    {
        if (top.Annotations.TryGetValue(LayoutFormat.FullNameKey, out string? full))
        {
            return [ImageReference.Parse(full)];
        }

        string config = LayoutFormat.BlobPath(manifest.Config.Digest);
        if (dockerEntries.FirstOrDefault(entry => SlashPath.Normalized(entry.Config) == config) is { } entry)
        {
            return [.. entry.RepoTags.Select(ImageReference.Parse)];
        }

        // A tag alone says nothing of the repository: the image is then known by its id.
        return top.Annotations.TryGetValue(LayoutFormat.NameKey, out string? name) && name.AsSpan().IndexOfAny(':', '/') > 0 ? [ImageReference.Parse(name)] : [];
    }
}
