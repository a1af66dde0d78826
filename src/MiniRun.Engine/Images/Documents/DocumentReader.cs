using System.Text.Json;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;

namespace MiniRun.Engine.Images.Documents;

/// <summary>Reads manifests, indexes and configurations. What could be read in two ways is refused (CVE-2021-41190).</summary>
public static class DocumentReader
{
    /// <summary>The largest document read, in bytes; registries take no larger manifests either.</summary>
    public const int MaxSize = 4 << 20;

    /// <summary>overlayfs stacks so many (OVL_MAX_STACK).</summary>
    public const int MaxLayers = 500;

    private const int MaxManifests = 10_000;

    // A layer is kept as it comes before its end is seen: what could not be unpacked is not to fill the disk first.
    private static readonly long s_maxLayerSize = new TarLimits().MaxBytes;

    /// <summary>Reads what a registry, a layout or an archive gives as an image: a manifest, or an index of them.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="mediaType">The type its Content-Type header or descriptor says; "" where nothing says one.</param>
    /// <param name="subject">Its name for errors.</param>
    /// <exception cref="MiniRunException">It is neither, or both.</exception>
    public static ManifestOrIndex ReadManifestOrIndex(ReadOnlyMemory<byte> bytes, string mediaType, string subject) =>
        JsonFields.Parse(bytes, subject, "an image's manifest or index", json => ReadManifestOrIndex(json, mediaType));

    /// <summary>Reads an image's configuration.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="layers">How many layers come with it, in the manifest or the archive.</param>
    /// <param name="subject">Its name for errors.</param>
    /// <exception cref="MiniRunException">It is none, is for another system than Linux, or counts other layers.</exception>
    public static ImageDocument ReadConfig(ReadOnlyMemory<byte> bytes, int layers, string subject)
    {
        ImageDocument document = JsonFields.Parse(bytes, subject, "an image configuration", ReadConfig);
        return document.DiffIds.Count == layers
            ? document
            : throw new MiniRunException($"{subject} counts {document.DiffIds.Count} layers, and {layers} come with it: the image is damaged, or was made wrongly");
    }

    /// <summary>Reads the descriptors of a layout's index.json.</summary>
    internal static IReadOnlyList<Descriptor> ReadLayoutIndex(ReadOnlyMemory<byte> bytes, string subject) =>
        JsonFields.Parse(bytes, subject, "the index of an image layout", json => json.List("manifests", ReadDescriptor));

    private static ManifestOrIndex ReadManifestOrIndex(JsonElement json, string mediaType)
    {
        string own = json.Text("mediaType");
        if (own.Length > 0 && mediaType.Length > 0 && own != mediaType)
        {
            throw new FormatException($"it says it is {own}, but it was given as {mediaType}");
        }

        bool hasManifests = json.Member("manifests") is not null;
        bool hasLayers = json.Member("layers") is not null || json.Member("config") is not null;
        string type = TypeOf(own.Length > 0 ? own : mediaType, hasManifests);
        if (hasManifests == hasLayers || hasManifests != MediaTypes.IsIndex(type))
        {
            throw new FormatException(hasManifests && hasLayers ? "it has both manifests and layers" : $"its contents are not those of {type}");
        }

        if (json.Number("schemaVersion") != 2)
        {
            throw new FormatException("schemaVersion 2 is expected (images of schema 1 are no longer served or read: pull and push them with an older docker)");
        }

        return hasManifests ? new ManifestOrIndex(null, ReadIndex(json, type)) : new ManifestOrIndex(ReadManifest(json, type), null);
    }

    private static string TypeOf(string said, bool hasManifests) =>
        said.Length == 0 || said == "application/json" ? hasManifests ? MediaTypes.OciIndex : MediaTypes.OciManifest
        : MediaTypes.IsIndex(said) || MediaTypes.IsManifest(said) ? said
        : throw new FormatException($"{said} is no type of an image's manifest or index");

    private static ImageIndex ReadIndex(JsonElement json, string type)
    {
        IReadOnlyList<Descriptor> manifests = json.List("manifests", ReadDescriptor);
        return manifests.Count <= MaxManifests ? new ImageIndex(type, manifests) : throw new FormatException($"it lists more than {MaxManifests} manifests");
    }

    private static ImageManifest ReadManifest(JsonElement json, string type)
    {
        Descriptor config = ReadDescriptor(json.Object("config") ?? throw new FormatException("config is missing"));
        if (!MediaTypes.IsConfig(config.MediaType))
        {
            throw new FormatException($"it is no container image: its config is {config.MediaType}");
        }

        IReadOnlyList<Descriptor> layers = json.List("layers", ReadDescriptor);
        if (layers.Count > MaxLayers)
        {
            throw new FormatException($"it has more than {MaxLayers} layers");
        }

        foreach (Descriptor layer in layers)
        {
            if (!MediaTypes.IsLayer(layer.MediaType))
            {
                throw new FormatException($"layer {layer.Digest} is {layer.MediaType}, which minirun cannot unpack");
            }

            if (layer.Size > s_maxLayerSize)
            {
                throw new FormatException($"layer {layer.Digest} has {layer.Size} bytes; the most that a layer may have unpacked is {s_maxLayerSize}");
            }
        }

        return new ImageManifest(type, config, layers);
    }

    private static Descriptor ReadDescriptor(JsonElement json)
    {
        JsonFields.Expect(json, JsonValueKind.Object, "a descriptor");
        string text = json.RequiredText("digest");
        Digest digest = Digest.TryParse(text) ?? throw new FormatException($"invalid digest \"{text[..Math.Min(text.Length, 160)]}\"");
        long size = json.Number("size");
        return size < 0
            ? throw new FormatException($"{digest} has size {size}")
            : new Descriptor(json.Text("mediaType"), digest, size)
            {
                Platform = json.Object("platform") is { } platform ? ReadPlatform(platform) : null,
                Annotations = new Dictionary<string, string>(json.Pairs("annotations"), StringComparer.Ordinal),
            };
    }

    private static Platform ReadPlatform(JsonElement json) =>
        new(json.Text("os"), json.Text("architecture"), json.Text("variant") is { Length: > 0 } variant ? variant : null);

    private static ImageDocument ReadConfig(JsonElement json)
    {
        Platform platform = ReadPlatform(json);
        if (platform.Os is not ("linux" or ""))
        {
            throw new FormatException($"it is for {platform}, and minirun runs Linux images");
        }

        JsonElement rootfs = json.Object("rootfs") ?? throw new FormatException("rootfs is missing");
        IReadOnlyList<Digest> layers = rootfs.List("diff_ids", item => Digest.TryParse(item.GetString() ?? "") ?? throw new FormatException("rootfs.diff_ids holds what is no digest"));
        if (layers.Count > MaxLayers)
        {
            throw new FormatException($"it has more than {MaxLayers} layers");
        }

        return new ImageDocument
        {
            Platform = platform,
            Created = json.Time("created"),
            Author = json.Text("author"),
            Config = json.Object("config") is { } config ? ImageConfigReader.Read(config) : new ImageConfig(),
            DiffIds = layers,
            History = json.List("history", ReadHistory),
        };
    }

    private static HistoryEntry ReadHistory(JsonElement json) => new()
    {
        Created = json.Time("created"),
        CreatedBy = json.Text("created_by"),
        Author = json.Text("author"),
        Comment = json.Text("comment"),
        EmptyLayer = json.Flag("empty_layer"),
    };
}
