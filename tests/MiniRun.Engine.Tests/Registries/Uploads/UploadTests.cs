using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Engine.Tests.Registries.Uploads;

public sealed class UploadTests : IDisposable
{
    private static readonly byte[] s_bytes = Bytes(250_000);
    private static readonly Descriptor s_blob = Clients.Blob(s_bytes);

    private readonly MemoryStream _received = new();
    private readonly List<long> _progress = [];

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task A_blob_is_sent_in_parts_and_closed_with_its_digest()
    {
        using TestRegistry registry = new(Accept);
        Assert.False(await PutAsync(registry));
        Assert.Equal(s_bytes, _received.ToArray());
        Assert.Equal(["POST /v2/app/blobs/uploads/", "PATCH /upload?state=0", "PATCH /upload?state=100000", "PATCH /upload?state=200000", $"PUT /upload?state=250000&digest=sha256%3A{s_blob.Digest.Hex}"], Lines(registry));
        Assert.Equal(["0-99999", "100000-199999", "200000-249999"], registry.Requests.Where(request => request.Method == "PATCH").Select(request => request.Headers["content-range"]));
        Assert.Equal(250_000, _progress[^1]);
        Assert.Equal(_progress.Order(), _progress);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_upload_goes_on_where_the_registry_says_it_is(bool hangsUp)
    {
        bool broken = false;
        using TestRegistry registry = new(request =>
        {
            if (request.Method == "PATCH" && !broken && _received.Length == 100_000)
            {
                broken = true;
                _received.Write(request.Body.AsSpan(0, 30_000));
                return TestReply.Text(503, "") with { HangsUp = hangsUp };
            }

            return request.Method == "GET" && request.Path == "/upload" ? Place(204).With("Range", $"0-{_received.Length - 1}") : Accept(request);
        });
        await PutAsync(registry);
        Assert.Equal(s_bytes, _received.ToArray());
        Assert.Contains("PATCH /upload?state=130000", Lines(registry));
    }

    [Fact]
    public async Task An_upload_that_the_registry_has_forgotten_begins_anew()
    {
        bool broken = false;
        using TestRegistry registry = new(request =>
        {
            if (request.Method == "PATCH" && !broken && _received.Length == 100_000)
            {
                broken = true;
                _received.SetLength(0);
                return TestReply.Text(404, "");
            }

            return request.Method == "GET" && request.Path == "/upload" ? TestReply.Text(404, "") : Accept(request);
        });
        await PutAsync(registry);
        Assert.Equal(s_bytes, _received.ToArray());
    }

    [Fact]
    public async Task An_upload_that_never_gets_anywhere_ends()
    {
        using TestRegistry registry = new(request => request.Method == "PATCH" ? TestReply.Text(500, "") : Accept(request));
        await Clients.FailsAsync(() => PutAsync(registry), $"push of {s_blob.Digest}", "answers 500", "3 attempts");
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        using TestRegistry registry = new(request => request.Method == "PATCH" ? TestReply.Text(413, """{"errors":[{"message":"too large for us"}]}""") : Accept(request));
        await Clients.FailsAsync(() => PutAsync(registry), "413", "too large for us");
        Assert.Single(registry.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task An_upload_without_a_location_is_refused()
    {
        using TestRegistry registry = new(request => request.Method == "POST" ? TestReply.Text(202, "") : TestReply.Ok([]));
        await Clients.FailsAsync(() => PutAsync(registry), "does not say where");
    }

    [Fact]
    public async Task Another_host_for_the_bytes_does_not_get_the_login()
    {
        using TestRegistry storage = new(request => request.Method == "PUT" ? TestReply.Text(201, "") : TestReply.Text(202, ""));
        using TestRegistry registry = new(request => request.Authorization is null ? TestReply.Text(401, "").With("WWW-Authenticate", "Basic realm=\"x\"") : TestReply.Text(202, "").With("Location", $"http://{storage.Authority}/bucket"));
        await PutAsync(registry, login: new RegistryCredential("user", "pass"));
        Assert.Contains(registry.Requests, request => request.Authorization is not null);
        Assert.All(storage.Requests, request => Assert.Null(request.Authorization));
        Assert.Equal($"/bucket?digest=sha256%3A{s_blob.Digest.Hex}", storage.Requests[^1].Target);
    }

    [Fact]
    public async Task What_another_repository_has_is_mounted()
    {
        using TestRegistry registry = new(request => request.Method == "POST" ? TestReply.Text(201, "") : TestReply.Ok([]));
        Assert.True(await PutAsync(registry, mountFrom: "other/app"));
        Assert.Equal([$"POST /v2/app/blobs/uploads/?mount=sha256%3A{s_blob.Digest.Hex}&from=other%2Fapp"], Lines(registry));
        Assert.Empty(_progress);
    }

    [Theory]
    [InlineData(202)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_cannot_be_mounted_is_uploaded(int status)
    {
        using TestRegistry registry = new(request => request.Method != "POST" || !request.Target.Contains("mount=") ? Accept(request) : status == 202 ? Place(202) : TestReply.Text(status, ""));
        Assert.False(await PutAsync(registry, mountFrom: "other"));
        Assert.Equal(s_bytes, _received.ToArray());
        Assert.Equal(status == 202 ? 1 : 2, registry.Requests.Count(request => request.Method == "POST"));
    }

    [Fact]
    public async Task A_manifest_is_put_with_its_type()
    {
        byte[] manifest = "{}"u8.ToArray();
        using TestRegistry registry = new(_ => TestReply.Text(201, "").With("Docker-Content-Digest", Digest.Of(manifest).ToString()));
        using RegistryWriter writer = Writer(null);
        await writer.PutManifestAsync(registry.Image(), new Descriptor(MediaTypes.OciManifest, Digest.Of(manifest), 2), manifest, CancellationToken.None);
        TestRequest request = registry.Requests[^1];
        Assert.Equal(("PUT", "/v2/app/manifests/1", MediaTypes.OciManifest), (request.Method, request.Target, request.Headers["content-type"]));
        Assert.Equal(manifest, request.Body);
    }

    [Fact]
    public async Task A_registry_that_makes_another_manifest_of_it_is_told_of()
    {
        using TestRegistry registry = new(_ => TestReply.Text(201, "").With("Docker-Content-Digest", Digest.Of("x"u8).ToString()));
        using RegistryWriter writer = Writer(null);
        await Clients.FailsAsync(() => writer.PutManifestAsync(registry.Image(), new Descriptor(MediaTypes.OciManifest, Digest.Of("{}"u8), 2), "{}"u8.ToArray(), CancellationToken.None), "is what the registry says it is");
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    public async Task A_blob_that_is_there_is_known(int status, bool isThere)
    {
        using TestRegistry registry = new(request => TestReply.Text(request.Path == "/v2/" ? 200 : status, ""));
        using RegistryWriter writer = Writer(null);
        Assert.Equal(isThere, await writer.HasBlobAsync(registry.Image(), s_blob, CancellationToken.None));
    }

    private static RegistryWriter Writer(RegistryCredential? login) => new(Clients.Settings with { UploadPart = 100_000 }, _ => login);

    private async Task<bool> PutAsync(TestRegistry registry, string? mountFrom = null, RegistryCredential? login = null)
    {
        using RegistryWriter writer = Writer(login);
        return await writer.PutBlobAsync(registry.Image(), s_blob, mountFrom, from => new MemoryStream(s_bytes[(int)from..]), _progress.Add, CancellationToken.None);
    }

    private TestReply Accept(TestRequest request)
    {
        _received.Write(request.Body);
        return request.Method switch
        {
            "POST" or "PATCH" => Place(202),
            "PUT" => TestReply.Text(201, ""),
            _ => TestReply.Text(200, ""),
        };
    }

    private TestReply Place(int status) => new TestReply(status, []).With("Location", $"/upload?state={_received.Length}");

    private static string[] Lines(TestRegistry registry) => [.. registry.Requests.Where(request => request.Path != "/v2/").Select(request => $"{request.Method} {request.Target}")];

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(2).NextBytes(bytes);
        return bytes;
    }
}
