using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>Makes an image as an OCI layout in a folder, with nothing of minirun's: a layer for each folder of files, the lowest first.</summary>
public sealed class OciImageFolder
{
    private readonly string folder;
    private readonly string algorithm;
    private readonly List<string> layers = [];
    private readonly List<string> diffIds = [];
    private readonly List<string> manifests = [];

    /// <param name="folder">Where to.</param>
    /// <param name="algorithm">What all contents are named by: "sha256" or "sha512".</param>
    public OciImageFolder(string folder, string algorithm = "sha256")
    {
        this.folder = folder;
        this.algorithm = algorithm;
        Directory.CreateDirectory($"{folder}/blobs/{algorithm}");
        File.WriteAllText($"{folder}/oci-layout", """{"imageLayoutVersion":"1.0.0"}""");
    }

    /// <summary>Adds a layer with what is in a folder.</summary>
    public OciImageFolder Layer(string files)
    {
        using MemoryStream tar = new();
        TarFile.CreateFromDirectory(files, tar, includeBaseDirectory: false);
        return Layer(tar.ToArray());
    }

    /// <summary>Adds a layer that is this tar.</summary>
    public OciImageFolder Layer(byte[] tar)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar);
        }

        return Layer(tar, packed.ToArray(), "gzip");
    }

    /// <summary>Adds a layer that is this tar and was packed by this encoding, such as "zstd".</summary>
    public OciImageFolder Layer(byte[] tar, byte[] packed, string encoding) => Layer(DigestOf(tar), packed, encoding);

    /// <summary>The same where the tar is too large to hold: its digest says enough.</summary>
    public OciImageFolder Layer(string diffId, byte[] packed, string encoding)
    {
        diffIds.Add(diffId);
        layers.Add(Add($"application/vnd.oci.image.layer.v1.tar+{encoding}", packed));
        return this;
    }

    /// <summary>Writes configuration, manifest and index.</summary>
    /// <param name="config">The "config" object of the image, as JSON.</param>
    /// <param name="tag">The image's name in the layout.</param>
    /// <param name="architecture">What its programs are made for, in Go's words.</param>
    /// <returns>How skopeo calls it.</returns>
    public string Finish(string config, string tag = "latest", string architecture = "amd64")
    {
        string ids = JsonSerializer.Serialize(diffIds);
        string document = Add(
            "application/vnd.oci.image.config.v1+json",
            Encoding.UTF8.GetBytes($$"""{"architecture":"{{architecture}}","os":"linux","rootfs":{"type":"layers","diff_ids":{{ids}} },"config":{{config}} }"""));
        string manifest = Add(
            "application/vnd.oci.image.manifest.v1+json",
            Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{{document}},"layers":[{{string.Join(',', layers)}}]}"""));
        manifests.Add($$"""{{manifest.TrimEnd('}')}},"platform":{"os":"linux","architecture":"{{architecture}}"} }""");
        return Named(manifest, tag);
    }

    /// <summary>Writes an index of all manifests that were finished, one for each platform.</summary>
    /// <returns>How skopeo calls it.</returns>
    public string FinishIndex(string tag = "latest")
    {
        const string Type = "application/vnd.oci.image.index.v1+json";
        return Named(Add(Type, Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{Type}}","manifests":[{{string.Join(',', manifests)}}]}""")), tag);
    }

    private string Named(string descriptor, string tag)
    {
        string named = $$"""{{descriptor.TrimEnd('}')}},"annotations":{"org.opencontainers.image.ref.name":"{{tag}}"} }""";
        File.WriteAllText($"{folder}/index.json", $$"""{"schemaVersion":2,"manifests":[{{named}}]}""");
        return $"oci:{folder}:{tag}";
    }

    private string Add(string type, byte[] bytes)
    {
        string digest = DigestOf(bytes);
        File.WriteAllBytes($"{folder}/blobs/{digest.Replace(':', '/')}", bytes);
        return $$"""{"mediaType":"{{type}}","digest":"{{digest}}","size":{{bytes.Length}} }""";
    }

    private string DigestOf(byte[] bytes) => $"{algorithm}:{Convert.ToHexStringLower(algorithm == "sha512" ? SHA512.HashData(bytes) : SHA256.HashData(bytes))}";
}
