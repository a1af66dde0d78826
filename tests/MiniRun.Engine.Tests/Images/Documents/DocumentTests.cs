using System.Text;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Images.Documents;

public sealed class DocumentTests
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string ConfigPart = $$"""{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Sha}}","size":2}""";
    private const string LayerPart = $$"""{"mediaType":"{{MediaTypes.OciLayerGzip}}","digest":"{{Sha}}","size":32}""";

    [Fact]
    public void A_manifest_reads_as_it_was_written()
    {
        Descriptor layer = new(MediaTypes.OciLayerZstd, Digest.Of("x"u8), 1);
        ImageManifest manifest = new(MediaTypes.OciManifest, new Descriptor(MediaTypes.OciConfig, Digest.Of([]), 0), [layer]);
        ImageManifest read = DocumentReader.ReadManifestOrIndex(DocumentWriter.Write(manifest), MediaTypes.OciManifest, "it").Manifest!;
        Assert.Equal(manifest.Config.Digest, read.Config.Digest);
        Assert.Equal((layer.MediaType, layer.Digest, layer.Size), (read.Layers[0].MediaType, read.Layers[0].Digest, read.Layers[0].Size));
    }

    [Fact]
    public void An_index_reads_as_it_was_written()
    {
        Descriptor manifest = new(MediaTypes.OciManifest, Digest.Of([]), 5) { Platform = new Platform("linux", "arm", "v7") };
        byte[] written = DocumentWriter.Write(new ImageIndex(MediaTypes.OciIndex, [manifest]));
        Descriptor read = Assert.Single(DocumentReader.ReadManifestOrIndex(written, "", "it").Index!.Manifests);
        Assert.Equal((manifest.Platform, manifest.Digest, manifest.Size), (read.Platform, read.Digest, read.Size));
    }

    [Fact]
    public void A_configuration_reads_as_it_was_written()
    {
        ImageDocument image = new()
        {
            Platform = new Platform("linux", "amd64"),
            Created = new DateTimeOffset(2026, 11, 27, 1, 2, 3, TimeSpan.Zero),
            DiffIds = [Digest.Of("layer"u8)],
            Config = new ImageConfig
            {
                Env = ["A=<&>"],
                Entrypoint = ["/e"],
                Cmd = ["c"],
                WorkingDir = "/w",
                User = "1000:1000",
                Volumes = ["/v"],
                ExposedPorts = ["80/tcp"],
                StopSignal = "SIGINT",
                Labels = [new("k", "v")],
                Healthcheck = new Healthcheck { Test = ["CMD", "x"], Interval = 5, Retries = 2 },
                Shell = ["/bin/bash", "-c"],
                OnBuild = ["RUN x"],
            },
            History = [new HistoryEntry { CreatedBy = "RUN x", EmptyLayer = true }],
        };
        byte[] written = DocumentWriter.Write(image);
        Assert.Contains("A=<&>", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        Assert.Equal(written, DocumentWriter.Write(DocumentReader.ReadConfig(written, image.DiffIds.Count, "it")));
    }

    [Theory]
    [InlineData($$"""{"schemaVersion":2,"config":{{ConfigPart}},"layers":[],"manifests":[]}""", "", "both manifests and layers")]
    [InlineData($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","config":{{ConfigPart}},"layers":[]}""", "", "not those of")]
    [InlineData($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","manifests":[]}""", "", "not those of")]
    [InlineData($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{ConfigPart}},"layers":[]}""", MediaTypes.DockerManifest, "it was given as")]
    [InlineData($$"""{"schemaVersion":2,"config":{{ConfigPart}},"layers":[],"layers":[{{LayerPart}}]}""", "", "there twice")]
    [InlineData($$"""{"schemaVersion":1,"config":{{ConfigPart}},"layers":[]}""", "", "schemaVersion 2")]
    [InlineData($$"""{"schemaVersion":2,"layers":[]}""", "", "config is missing")]
    [InlineData("""{"schemaVersion":2}""", "", "not those of")]
    [InlineData("""{"schemaVersion":2,"manifests":[{"digest":"sha256:../../x","size":1}]}""", "", "invalid digest")]
    [InlineData($$"""{"schemaVersion":2,"manifests":[{"digest":"{{Sha}}","size":-1}]}""", "", "has size -1")]
    [InlineData($$"""{"schemaVersion":2,"manifests":[{"digest":"{{Sha}}","size":1e99}]}""", "", "64 bits")]
    [InlineData($$"""{"schemaVersion":2,"manifests":[{"digest":7,"size":1}]}""", "", "digest: a text is expected, not a number")]
    [InlineData($$"""{"schemaVersion":2,"config":{"mediaType":"text/html","digest":"{{Sha}}","size":1},"layers":[]}""", "", "no container image")]
    [InlineData($$"""{"schemaVersion":2,"config":{{ConfigPart}},"layers":[{"mediaType":"x/y","digest":"{{Sha}}","size":1}]}""", "", "cannot unpack")]
    [InlineData($$"""{"schemaVersion":2,"config":{{ConfigPart}},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{Sha}}","size":68719476737}]}""", "", "has 68719476737 bytes")]
    [InlineData($$$"""{"schemaVersion":2,"manifests":[{"digest":"{{{Sha}}}","size":1,"annotations":{"a":"1","a":"2"}}]}""", "", "a is there twice")]
    [InlineData("""{"schemaVersion":2,"config":{},"layers":[]}""", "text/html", "no type of an image")]
    [InlineData("[]", "", "an object is expected, not an array")]
    [InlineData("{", "", "is not an image")]
    [InlineData("", "", "is not an image")]
    public void What_is_no_manifest_or_two_things_at_once_is_refused(string json, string type, string reason)
    {
        MiniRunException refusal = Assert.Throws<MiniRunException>(() => DocumentReader.ReadManifestOrIndex(Encoding.UTF8.GetBytes(json), type, "it"));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"os":"windows","rootfs":{"diff_ids":[]}}""", "runs Linux images")]
    [InlineData("""{"os":"linux"}""", "rootfs is missing")]
    [InlineData("""{"os":"linux","rootfs":{"diff_ids":["sha256:1"]}}""", "no digest")]
    [InlineData("""{"os":"linux","config":[],"rootfs":{"diff_ids":[]}}""", "config: an object is expected")]
    [InlineData("""{"os":"linux","config":{"Labels":{"a":"1","a":"2"}},"rootfs":{"diff_ids":[]}}""", "a is there twice")]
    [InlineData("""{"os":"linux","created":"soon","rootfs":{"diff_ids":[]}}""", "RFC 3339")]
    public void What_is_no_configuration_is_refused(string json, string reason)
    {
        MiniRunException refusal = Assert.Throws<MiniRunException>(() => DocumentReader.ReadConfig(Encoding.UTF8.GetBytes(json), 0, "it"));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_layers_than_are_stacked_are_refused_in_a_configuration_too()
    {
        string layers = string.Join(',', Enumerable.Repeat($"\"{Sha}\"", DocumentReader.MaxLayers + 1));
        string json = $$$"""{"os":"linux","rootfs":{"diff_ids":[{{{layers}}}]}}""";
        Assert.Contains("more than 500 layers", Assert.Throws<MiniRunException>(() => DocumentReader.ReadConfig(Encoding.UTF8.GetBytes(json), DocumentReader.MaxLayers + 1, "it")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_mutated_is_read_or_refused()
    {
        byte[] manifest = Encoding.UTF8.GetBytes($$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","config":{{{ConfigPart}}},"layers":[{{{LayerPart}}}],"annotations":{"a":"b"}}""");
        byte[] config = Encoding.UTF8.GetBytes($$$"""{"os":"linux","created":"2026-11-27T00:00:00Z","config":{"Env":["A=b"],"Volumes":{"/v":{} } },"rootfs":{"diff_ids":["{{{Sha}}}"]}}""");
        Random random = new(20261127);
        for (int round = 0; round < 20_000; round++)
        {
            Refuses(() => DocumentReader.ReadManifestOrIndex(Mutated(manifest, random), "", "it"));
            Refuses(() => DocumentReader.ReadConfig(Mutated(config, random), 1, "it"));
        }
    }

    private static byte[] Mutated(byte[] seed, Random random)
    {
        byte[] text = [.. seed];
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            text[random.Next(text.Length)] = "{}[]\",:0-9e\\nul\xff"u8[random.Next(14)];
        }

        return text;
    }

    private static void Refuses(Action read)
    {
        try
        {
            read();
        }
        catch (MiniRunException)
        {
            // As it should.
        }
    }
}
