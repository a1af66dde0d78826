using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Images.Store;

/// <summary>
/// The images of one data root: names (the layout's index), contents (blobs) and unpacked layers. Every change is one rename of
/// something whole, so a process that is killed leaves at most contents that nothing names, and staging that nobody reads.
/// </summary>
public sealed class ImageStore
{
    private readonly DataRoot _data;
    private readonly StoreLocks _locks;
    private readonly ImageLayout _layout;

    public ImageStore(DataRoot data)
    {
        _data = data;
        _locks = new StoreLocks(data);
        _layout = new ImageLayout(data, _locks);
        Blobs = new BlobStore(data, _locks);
        Layers = new LayerStore(data, _locks);
    }

    public BlobStore Blobs { get; }

    public LayerStore Layers { get; }

    /// <summary>Where what is not whole is kept.</summary>
    public string Staging => _data.Staging;

    /// <summary>Keeps everything in the store from being deleted until it is disposed: held by who adds images or makes containers of them.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public IDisposable Use() => _locks.Use();

    /// <summary>All names, in the order they were given, and images without one.</summary>
    /// <exception cref="MiniRunException">The index is damaged.</exception>
    public IReadOnlyList<StoredReference> References() => _layout.Read();

    /// <summary>Finds an image by name, or by the beginning of its id; null where there is none.</summary>
    /// <exception cref="MiniRunException">The text is neither; the beginning fits several; the store is damaged.</exception>
    public StoredImage? Find(string text) => new ImageSearch(this).Find(text) is { } reference ? Open(reference) : null;

    /// <summary>Finds an image that must be there.</summary>
    /// <exception cref="MiniRunException">It is not; or as <see cref="Find"/>.</exception>
    public StoredImage Get(string text) => Open(new ImageSearch(this).Get(text));

    /// <summary>The bytes of an image's unpacked layers.</summary>
    public long SizeOf(StoredImage image) => image.Document.DiffIds.Sum(Layers.SizeOf);

    /// <summary>Reads an image that a reference stands for.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public StoredImage Open(StoredReference reference) => Open(reference.Manifest);

    /// <summary>Reads an image whose manifest is in the store.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public StoredImage Open(Descriptor descriptor)
    {
        ImageManifest manifest = ReadManifest(descriptor);
        ImageDocument document = DocumentReader.ReadConfig(Blobs.ReadDocument(manifest.Config.Digest), manifest.Layers.Count, $"the configuration {manifest.Config.Digest}");
        return new StoredImage { ManifestDescriptor = descriptor, Manifest = manifest, Document = document };
    }

    /// <summary>The image of a manifest; null where anything of it is missing here, which a pull or load would bring.</summary>
    /// <exception cref="MiniRunException">What is here of it is damaged.</exception>
    internal StoredImage? FindWhole(Descriptor descriptor)
    {
        if (!Blobs.Contains(descriptor.Digest))
        {
            return null;
        }

        ImageManifest manifest = ReadManifest(descriptor);
        return Blobs.Contains(manifest.Config.Digest) && manifest.Layers.All(layer => Blobs.Contains(layer.Digest))
            && Open(descriptor) is { } image && image.Document.DiffIds.All(Layers.Contains)
            ? image
            : null;
    }

    /// <summary>Makes a layer of a folder: packed, and unpacked for what is put on it.</summary>
    /// <returns>The blob, and the digest of its tar.</returns>
    /// <exception cref="MiniRunException">The disk is full, or a file cannot be read.</exception>
    public (Descriptor Blob, Digest DiffId) AddLayer(string path, PackOptions options, CancellationToken cancellation)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(path);
        return AddLayer(folder, options, cancellation);
    }

    /// <summary>The same of an open folder.</summary>
    /// <exception cref="MiniRunException">The disk is full, or a file cannot be read.</exception>
    public (Descriptor Blob, Digest DiffId) AddLayer(FileDescriptor folder, PackOptions options, CancellationToken cancellation)
    {
        PackedLayer? packed = null;
        Descriptor blob = Blobs.AddUnknown(MediaTypes.OfLayer(options.Encoding), target => packed = LayerPacker.Pack(folder, target, options, cancellation));
        var diffId = Digest.Parse(packed!.DiffId, "the layer");
        using Stream contents = Blobs.OpenRead(blob.Digest);
        Layers.Unpack(diffId, contents, cancellation);
        return (blob, diffId);
    }

    /// <summary>Takes in a layer that comes from elsewhere: unpacked first, so that one that is refused leaves no blob.</summary>
    /// <param name="diffId">The digest of its tar.</param>
    /// <param name="open">Opens it, compressed or not; called more than once.</param>
    /// <returns>The blob.</returns>
    /// <exception cref="MiniRunException">The tar is refused, or is not what the digest says.</exception>
    public Descriptor AddLayer(Digest diffId, Func<Stream> open)
    {
        using (Stream unpacked = open())
        {
            Layers.Unpack(diffId, unpacked, CancellationToken.None);
        }

        using Stream contents = open();
        using Stream start = open();
        return Blobs.AddUnknown(MediaTypes.OfLayer(LayerCompression.Detect(start)), contents.CopyTo);
    }

    /// <summary>Adds an image whose layers are there already; it has no name yet.</summary>
    /// <returns>Its manifest, of OCI's form.</returns>
    /// <exception cref="MiniRunException">Nobody could read it again; a kernel call failed.</exception>
    public StoredImage AddImage(ImageDocument document, IReadOnlyList<Descriptor> layers)
    {
        byte[] bytes = DocumentWriter.Write(document);
        if (bytes.Length > DocumentReader.MaxSize)
        {
            throw new MiniRunException($"the image's configuration would have {bytes.Length} bytes, with its variables, labels and history; the most that is read of one is {DocumentReader.MaxSize}");
        }

        CheckCount(layers);
        Descriptor config = Blobs.Add(MediaTypes.OciConfig, bytes);
        return AddImage(document, config, layers);
    }

    /// <summary>The same of a configuration that came from elsewhere and keeps its bytes.</summary>
    /// <exception cref="MiniRunException">It has too many layers; a kernel call failed.</exception>
    public StoredImage AddImage(ImageDocument document, Descriptor config, IReadOnlyList<Descriptor> layers)
    {
        CheckCount(layers);
        ImageManifest manifest = new(MediaTypes.OciManifest, config, [.. layers.Select(AsOci)]);
        Descriptor descriptor = Blobs.Add(MediaTypes.OciManifest, DocumentWriter.Write(manifest));
        return new StoredImage { ManifestDescriptor = descriptor, Manifest = manifest, Document = document };
    }

    /// <summary>One image that cannot be read ends every list of images, and every collection: it must not get a name.</summary>
    private static void CheckCount(IReadOnlyList<Descriptor> layers)
    {
        if (layers.Count > DocumentReader.MaxLayers)
        {
            throw new MiniRunException($"the image would have {layers.Count} layers, and {DocumentReader.MaxLayers} are the most that overlayfs stacks: minirun export and import make one of all");
        }
    }

    /// <summary>Layers of a docker image are the same bytes under OCI's name, which an OCI manifest must use.</summary>
    private static Descriptor AsOci(Descriptor layer) => new(
        layer.MediaType switch
        {
            MediaTypes.DockerLayer => MediaTypes.OciLayer,
            MediaTypes.DockerLayerGzip => MediaTypes.OciLayerGzip,
            MediaTypes.DockerLayerZstd => MediaTypes.OciLayerZstd,
            string type => type,
        },
        layer.Digest,
        layer.Size);

    /// <summary>The manifest alone.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    internal ImageManifest ReadManifest(Descriptor descriptor) =>
        DocumentReader.ReadManifestOrIndex(Blobs.ReadDocument(descriptor.Digest), descriptor.MediaType, $"the manifest {descriptor.Digest}").Manifest
        ?? throw new MiniRunException($"{descriptor.Digest} is an index of images, not an image: the store is damaged");

    /// <summary>Gives an image its names; one that gets none and has none stays, known by its id. Its contents must all be there.</summary>
    /// <exception cref="MiniRunException">The index is damaged, or cannot be written.</exception>
    public void Name(Descriptor manifest, IReadOnlyList<ImageReference> names) => _layout.Change(references =>
        names.Count == 0 ? ReferenceChanges.Kept(references, manifest)
        : names.Aggregate(references, (changed, name) => ReferenceChanges.Named(changed, new StoredReference(manifest) { Name = name })));

    /// <summary>Gives an image a name, which another may have had; the other is then nameless, unless it has more. Its contents must all be there.</summary>
    /// <exception cref="MiniRunException">The index is damaged, or cannot be written.</exception>
    public void Name(StoredReference named) => _layout.Change(references => ReferenceChanges.Named(references, named));

    /// <summary>Takes a name away; the image stays, nameless if it was its last name and the caller wants it kept.</summary>
    /// <returns>Whether the name was there.</returns>
    /// <exception cref="MiniRunException">The index is damaged, or cannot be written.</exception>
    public bool Unname(ImageReference name, bool keepNameless)
    {
        bool there = false;
        _layout.Change(references => ReferenceChanges.Unnamed(references, name, keepNameless, out there));
        return there;
    }

    /// <summary>Takes an image out of the index, with all its names.</summary>
    /// <exception cref="MiniRunException">The index is damaged, or cannot be written.</exception>
    public void Drop(Digest manifest) => _layout.Change(references => ReferenceChanges.Without(references, manifest));

    /// <summary>Deletes contents and layers that no name and none of these manifests needs. Does nothing while another process uses the store.</summary>
    /// <param name="inUse">The manifests of the containers there are; asked for once nobody can make another.</param>
    /// <param name="partials">Whether downloads that were broken off go too, and not only those that nobody has gone on with for long.</param>
    /// <returns>What was deleted; null where it could not be done now.</returns>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public CollectedContents? Collect(Func<IReadOnlyList<Digest>> inUse, bool partials = false)
    {
        using FileLock? alone = _locks.TryAlone();
        if (alone is null)
        {
            return null;
        }

        CollectedContents collected = new ContentCollection(this).Collect(inUse());
        StagingFolder.RemoveDead(_data.Staging);
        PartialBlobs.Remove(_data.Staging, partials);
        _locks.Clear();
        return collected;
    }

    /// <summary>Removes what killed processes have left half-made; every command that adds to the store does so first.</summary>
    /// <exception cref="MiniRunException">Something cannot be removed.</exception>
    public void RemoveDead() => StagingFolder.RemoveDead(_data.Staging);
}
