using System.Security.Cryptography;
using System.Text;
using MiniRun.Attack.Tests.Harness;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 35 and 36: a registry whose manifests can be read in two ways, and digests that are paths.</summary>
[Collection(AttackTests.Name)]
public sealed class ManifestConfusionTests(ContainerHost host)
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Index = "application/vnd.oci.image.index.v1+json";

    private static readonly byte[] s_layer = Gzipped();
    private static readonly string s_config = $$"""{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["{{DigestOf(new byte[1024])}}"]} }""";
    private static readonly string s_right = Written(Manifest, DigestOf(s_layer), DigestOf(Encoding.UTF8.GetBytes(s_config)));

    [Fact]
    public void Control_the_honest_manifest_is_pulled()
    {
        using TestRegistry registry = Serving(s_right, Manifest);
        Pull(registry).Succeeded();
        host.Run("rmi", $"{registry.Authority}/app:1").Succeeded();
    }

    [Theory]
    [InlineData(Manifest, "it has both manifests and layers")]
    [InlineData(Index, "it has both manifests and layers")]
    public void Both_a_manifest_and_an_index_is_neither(string type, string problem)
    {
        string both = s_right.Replace("\"layers\"", "\"manifests\":[],\"layers\"").Replace(Manifest, type);
        Refused(both, type, problem);
    }

    [Theory]
    [InlineData(Index, "but it was given as")]
    [InlineData("text/html", "but it was given as")]
    public void Another_type_in_the_header_than_in_the_manifest_is_refused(string header, string problem) => Refused(s_right, header, problem);

    [Fact]
    public void An_index_that_calls_itself_a_manifest_is_refused() =>
        Refused($$"""{"schemaVersion":2,"mediaType":"{{Manifest}}","manifests":[]}""", Manifest, "its contents are not those of");

    [Fact]
    public void A_name_twice_is_refused() => Refused(s_right.Replace("\"schemaVersion\":2", "\"schemaVersion\":2,\"layers\":[]"), Manifest, "layers is there twice");

    [Theory]
    [InlineData("sha256:../../../../../../tmp/x")]
    [InlineData("sha256:abc")]
    [InlineData("sha256:")]
    [InlineData("../../x")]
    [InlineData("SHA256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:00000000000000000000000000000000000000000000000000000000000000/..")]
    [InlineData("md5:00000000000000000000000000000000")]
    public void A_digest_that_is_no_digest_is_refused(string digest)
    {
        Refused(Written(Manifest, digest, DigestOf(Encoding.UTF8.GetBytes(s_config))), Manifest, "invalid digest");
        Refused(Written(Manifest, DigestOf(s_layer), digest), Manifest, "invalid digest");
        Refused($$"""{"schemaVersion":2,"mediaType":"{{Index}}","manifests":[{"mediaType":"{{Manifest}}","digest":"{{digest}}","size":1,"platform":{"os":"linux","architecture":"amd64"} }]}""", Index, "invalid digest");
        using TestRegistry registry = Serving(s_right, Manifest, digest);
        Pull(registry).FailedInOneLine(1, "invalid digest");
    }

    private void Refused(string manifest, string type, string problem)
    {
        using Canaries canaries = new(host);
        string before = Files();
        using TestRegistry registry = Serving(manifest, type);
        Pull(registry).FailedInOneLine(1, problem);
        Assert.Equal(before, Files());
    }

    private ProgramResult Pull(TestRegistry registry) => host.Run("pull", "-q", $"{registry.Authority}/app:1");

    /// <summary>The store's contents and names, which nothing that is refused gets into. Not the whole data folder: other attacks leave links in it that lead round and round.</summary>
    private string Files() => Directory.Exists($"{host.Data}/images")
        ? string.Join('\n', Directory.EnumerateFiles($"{host.Data}/images", "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        : "";

    private static TestRegistry Serving(string manifest, string type, string? digestHeader = null) => new(request =>
    {
        if (request.Path.Contains("/manifests/", StringComparison.Ordinal))
        {
            TestReply reply = TestReply.Text(200, manifest).With("Content-Type", type);
            return digestHeader is null ? reply : reply.With("Docker-Content-Digest", digestHeader);
        }

        return request.Path.EndsWith(DigestOf(s_layer), StringComparison.Ordinal) ? TestReply.Ok(s_layer) : TestReply.Text(200, s_config);
    });

    private static string Written(string type, string layer, string config) =>
        $$"""{"schemaVersion":2,"mediaType":"{{type}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{config}}","size":{{s_config.Length}} },"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{layer}}","size":{{s_layer.Length}} }]}""";

    private static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static byte[] Gzipped()
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[1024]);
        }

        return packed.ToArray();
    }
}
