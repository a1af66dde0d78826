using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Documents;

/// <summary>The names and places that every OCI image layout has (image-spec, image-layout.md): the store's own, and those in archives.</summary>
internal static class LayoutFormat
{
    /// <summary>The file that says that a folder is a layout.</summary>
    internal const string MarkerFile = "oci-layout";

    /// <summary>The file that lists the images.</summary>
    internal const string IndexFile = "index.json";

    /// <summary>The specification's annotation for an image's name, which is often the tag alone.</summary>
    internal const string NameKey = "org.opencontainers.image.ref.name";

    /// <summary>containerd's and docker's, with the whole name.</summary>
    internal const string FullNameKey = "io.containerd.image.name";

    /// <summary>What stands in the marker file.</summary>
    internal static ReadOnlySpan<byte> Marker => """{"imageLayoutVersion":"1.0.0"}"""u8;

    internal static string BlobFolder(string algorithm) => $"blobs/{algorithm}";

    internal static string BlobPath(Digest digest) => $"{BlobFolder(digest.Algorithm)}/{digest.Hex}";
}
