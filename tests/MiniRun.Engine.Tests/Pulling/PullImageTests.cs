using System.Security.Cryptography;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Engine.Pulling;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Tests.Images.Store;
using MiniRun.Engine.Tests.Layers;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Engine.Tests.Pulling;

/// <summary>Pulls of a one-layer image from a registry of which the store has something already.</summary>
public sealed class PullImageTests : IDisposable
{
    private readonly TestStore _test = new();
    private readonly byte[] _layer;
    private readonly byte[] _config;
    private readonly byte[] _manifest;

    public PullImageTests()
    {
        byte[] tar = new TarBuilder().File("file", Convert.ToHexString(RandomNumberGenerator.GetBytes(4096))).Bytes;
        _layer = TestStore.Compressed(tar);
        _config = DocumentWriter.Write(new ImageDocument { Platform = Platform.Host, Config = new ImageConfig(), DiffIds = [Digest.Of(tar)] });
        Descriptor config = new(MediaTypes.OciConfig, Digest.Of(_config), _config.Length);
        _manifest = DocumentWriter.Write(new ImageManifest(MediaTypes.OciManifest, config, [Clients.Blob(_layer)]));
    }

    public void Dispose() => _test.Dispose();

    [Theory]
    [InlineData("all of another's")]
    [InlineData("another's beginning")]
    [InlineData("the right beginning")]
    [InlineData("a wrong end")]
    public async Task What_another_has_left_of_a_layer_does_not_stand_in_the_way(string left)
    {
        byte[] half = _layer[..(_layer.Length / 2)];
        Plant(left switch
        {
            "all of another's" => Filled(_layer.Length),
            "another's beginning" => Filled(half.Length),
            "the right beginning" => half,
            _ => [.. half[..^1], (byte)~half[^1]],
        });
        using TestRegistry registry = new(Answer);
        await PullAsync(registry);

        Assert.NotNull(_test.Open().Find($"{registry.Authority}/app:1"));
        Assert.Empty(Directory.EnumerateFiles(_test.Data.Staging));
        int fetched = registry.Requests.Count(request => request.Path.EndsWith(Digest.Of(_layer).ToString(), StringComparison.Ordinal) && request.From == 0);
        Assert.Equal(left == "the right beginning" ? 0 : 1, fetched);
    }

    [Fact]
    public async Task What_is_right_so_far_outlives_a_registry_that_breaks_off()
    {
        byte[] half = _layer[..(_layer.Length / 2)];
        Plant(half);
        using TestRegistry registry = new(request => request.From > 0 ? new TestReply(206, []) { HangsUp = true } : Answer(request));
        await Clients.FailsAsync(() => PullAsync(registry), "closed the connection");

        Assert.Equal(half, File.ReadAllBytes(Partial));
    }

    /// <summary>What is no tar from its first block on.</summary>
    private static byte[] Filled(int length) => [.. Enumerable.Repeat((byte)0x55, length)];

    private string Partial => $"{_test.Data.Staging}/blob-sha256-{Digest.Of(_layer).Hex}";

    private void Plant(byte[] bytes)
    {
        Directory.CreateDirectory(_test.Data.Staging);
        File.WriteAllBytes(Partial, bytes);
    }

    private async Task PullAsync(TestRegistry registry)
    {
        using RegistryClient client = Clients.New();
        await new PullImage(_test.Open(), client, new Silent()).PullAsync(registry.Image(), null, CancellationToken.None);
    }

    private TestReply Answer(TestRequest request)
    {
        if (request.Path.EndsWith("/manifests/1", StringComparison.Ordinal))
        {
            return TestReply.Ok(_manifest).With("Content-Type", MediaTypes.OciManifest);
        }

        byte[] blob = request.Path.EndsWith(Digest.Of(_config).ToString(), StringComparison.Ordinal) ? _config : _layer;
        return request.Path == "/v2/" ? TestReply.Ok([])
            : request.From == 0 ? TestReply.Ok(blob)
            : new TestReply(206, blob[request.From..]).With("Content-Range", $"bytes {request.From}-{blob.Length - 1}/{blob.Length}");
    }

    private sealed class Silent : ITransferProgress
    {
        public void Report(Digest layer, TransferPhase phase, long bytes, long total)
        {
            // Nobody looks.
        }

        public void Say(string line)
        {
            // As above.
        }
    }
}
