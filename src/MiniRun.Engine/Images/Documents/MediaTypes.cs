using MiniRun.Engine.Layers;

namespace MiniRun.Engine.Images.Documents;

/// <summary>The media types of image documents and layers: OCI's, and docker's of the same form.</summary>
public static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar";
    public const string OciLayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string OciLayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";
    public const string DockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    public const string DockerLayerZstd = "application/vnd.docker.image.rootfs.diff.tar.zstd";

    /// <summary>What a registry is told minirun understands, best first.</summary>
    public static IReadOnlyList<string> Accepted { get; } = [OciIndex, OciManifest, DockerIndex, DockerManifest];

    /// <summary>The type of a layer that is compressed so.</summary>
    public static string OfLayer(LayerEncoding encoding) => encoding switch
    {
        LayerEncoding.Gzip => OciLayerGzip,
        LayerEncoding.Zstd => OciLayerZstd,
        _ => OciLayer,
    };

    public static bool IsIndex(string type) => type is OciIndex or DockerIndex;

    public static bool IsManifest(string type) => type is OciManifest or DockerManifest;

    public static bool IsConfig(string type) => type is OciConfig or DockerConfig;

    /// <summary>A layer that minirun can unpack; "nondistributable" ones are the same contents from elsewhere and are not fetched.</summary>
    public static bool IsLayer(string type) => type is OciLayer or OciLayerGzip or OciLayerZstd or DockerLayer or DockerLayerGzip or DockerLayerZstd;
}
