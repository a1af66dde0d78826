using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Engine.Pulling;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Tests.Images.Store;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Engine.Tests.Pulling;

/// <summary>What is asked of a registry for an image that is here already, whole or not. Images that are not here are the integration tests'.</summary>
public sealed class PullTests : IDisposable
{
    private readonly TestStore _server = new();
    private readonly TestStore _client = new();
    private Descriptor _latest = new("", Digest.Of([]), 0);

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task An_image_that_is_up_to_date_is_asked_for_by_HEAD_alone()
    {
        using TestRegistry registry = Serve("one");
        await PullAsync(registry);
        int before = registry.Requests.Count;
        PulledImage again = await PullAsync(registry);
        Assert.True(again.WasUpToDate);
        Assert.Equal(["HEAD /v2/app/manifests/1"], Asked(registry, before));
    }

    [Fact]
    public async Task A_tag_that_has_moved_is_pulled()
    {
        using TestRegistry registry = Serve("one");
        await PullAsync(registry);
        _latest = TestStore.Add(_server.Open(), "two");
        PulledImage moved = await PullAsync(registry);
        Assert.False(moved.WasUpToDate);
        Assert.Equal(_latest.Digest, _client.Open().Find(registry.Image().ToString())!.ManifestDescriptor.Digest);
    }

    [Theory]
    [InlineData("images/blobs/sha256")]
    [InlineData("layers")]
    public async Task What_is_missing_of_an_image_is_fetched_although_its_name_has_not_moved(string folder)
    {
        using TestRegistry registry = Serve("one");
        await PullAsync(registry);
        Directory.Delete($"{_client.Folder}/{folder}", recursive: true);
        await PullAsync(registry);
        Assert.NotNull(_client.Open().FindWhole(_latest));
    }

    [Fact]
    public async Task Two_pulls_at_once_fetch_each_blob_once()
    {
        using TestRegistry registry = Serve("one");
        await Task.WhenAll(Task.Run(() => PullAsync(registry)), Task.Run(() => PullAsync(registry)));
        string[] blobs = [.. Asked(registry, 0).Where(request => request.Contains("/blobs/", StringComparison.Ordinal))];
        Assert.Equal(2, blobs.Length);
        Assert.Equal(blobs.Distinct(), blobs);
    }

    private TestRegistry Serve(string contents)
    {
        ImageStore store = _server.Open();
        _latest = TestStore.Add(store, contents);
        return new TestRegistry(request =>
        {
            string wanted = request.Path[(request.Path.LastIndexOf('/') + 1)..];
            Digest digest = Digest.TryParse(wanted) ?? _latest.Digest;
            return wanted.Length == 0 ? TestReply.Ok([]) : TestReply.Ok(store.Blobs.ReadDocument(digest)).With("Content-Type", MediaTypes.OciManifest).With("Docker-Content-Digest", digest.ToString());
        });
    }

    private async Task<PulledImage> PullAsync(TestRegistry registry)
    {
        using RegistryClient client = Clients.New();
        return await new PullImage(_client.Open(), client, new NoProgress()).PullAsync(registry.Image(), null, CancellationToken.None);
    }

    private static string[] Asked(TestRegistry registry, int from) =>
        [.. registry.Requests.Skip(from).Where(request => request.Path != "/v2/").Select(request => $"{request.Method} {request.Path}")];

    private sealed class NoProgress : ITransferProgress
    {
        public void Report(Digest layer, TransferPhase phase, long bytes, long total)
        {
        }

        public void Say(string line)
        {
        }
    }
}
