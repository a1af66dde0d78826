using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Engine.Tests.Registries.Blobs;

public sealed class BlobStreamTests
{
    private static readonly byte[] s_bytes = Bytes(300_000);
    private static readonly Descriptor s_blob = Clients.Blob(s_bytes);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(299_999)]
    [InlineData(300_000)]
    public async Task A_blob_is_read_from_any_place_on(int offset)
    {
        using TestRegistry registry = new(Ranged);
        using RegistryClient client = Clients.New();
        Assert.Equal(s_bytes[offset..], await client.ReadBlobAsync(registry, s_blob, offset));
    }

    [Fact]
    public async Task A_registry_that_ignores_ranges_is_read_from_the_start_and_skipped()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_bytes));
        using RegistryClient client = Clients.New();
        Assert.Equal(s_bytes[123_456..], await client.ReadBlobAsync(registry, s_blob, 123_456));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_connection_is_continued_where_it_broke(bool knowsRanges)
    {
        int asked = 0;
        using TestRegistry registry = new(request => IsBlob(request) && ++asked < 3
            ? (knowsRanges ? Ranged(request) : TestReply.Ok(s_bytes)) with { DropAfter = asked * 90_000 }
            : knowsRanges ? Ranged(request) : TestReply.Ok(s_bytes));
        using RegistryClient client = Clients.New();
        Assert.Equal(s_bytes, await client.ReadBlobAsync(registry, s_blob));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Passing_failures_are_tried_again()
    {
        int asked = 0;
        using TestRegistry registry = new(request => !IsBlob(request) ? TestReply.Text(200, "") : ++asked switch
        {
            1 => TestReply.Text(503, ""),
            2 => TestReply.Text(429, "").With("Retry-After", "0"),
            _ => Ranged(request),
        });
        using RegistryClient client = Clients.New();
        Assert.Equal(s_bytes, await client.ReadBlobAsync(registry, s_blob));
    }

    [Fact]
    public async Task Lasting_failures_end_after_a_few_attempts()
    {
        int asked = 0;
        using TestRegistry registry = new(request => IsBlob(request) && ++asked > 0 ? TestReply.Text(503, """{"errors":[{"message":"out of order"}]}""") : TestReply.Text(200, ""));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, s_blob), $"blob {s_blob.Digest}", "503", "out of order");
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_registry_that_wants_an_hours_patience_is_not_waited_for()
    {
        using TestRegistry registry = new(_ => TestReply.Text(429, """{"errors":[{"message":"rate limit"}]}""").With("Retry-After", "3600"));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, s_blob), "too many requests", "rate limit", "minirun login");
    }

    [Fact]
    public async Task A_blob_that_always_ends_early_is_refused()
    {
        using TestRegistry registry = new(request => Ranged(request) with { Length = null, DropAfter = 10 });
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, s_blob), "of 300000 bytes came in 3 attempts");
    }

    [Fact]
    public async Task A_blob_whose_size_is_not_its_manifests_is_refused_before_it_is_read()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_bytes[1..]));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, s_blob), "its manifest says 300000 bytes", "the registry has 299999");
    }

    [Fact]
    public async Task A_blob_without_end_is_refused()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_bytes) with { Length = null, Endless = true });
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, s_blob), "its manifest says 300000 bytes", "sends more");
    }

    [Fact]
    public async Task Another_part_than_was_asked_for_is_refused()
    {
        using TestRegistry registry = new(_ => new TestReply(206, s_bytes[10..]).With("Content-Range", "bytes 10-299999/300000"));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, s_blob, 5), "bytes 5 to 300000 were asked for", "bytes 10-299999/300000");
    }

    [Fact]
    public async Task Compression_that_nobody_asked_for_is_refused()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_bytes).With("Content-Encoding", "gzip"));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, s_blob), "Content-Encoding gzip");
    }

    [Fact]
    public async Task A_transfer_that_stands_still_is_broken_off_and_continued()
    {
        int asked = 0;
        using TestRegistry registry = new(request => IsBlob(request) && ++asked == 1
            ? Ranged(request) with { DropAfter = 1000, Silence = TimeSpan.FromSeconds(30) }
            : Ranged(request));
        using RegistryClient client = Clients.New();
        Assert.Equal(s_bytes, await client.ReadBlobAsync(registry, s_blob));
        Assert.Equal("bytes=1000-", registry.Requests[^1].Headers["range"]);
    }

    [Fact]
    public async Task Cancelling_ends_a_read_that_waits()
    {
        using TestRegistry registry = new(request => Ranged(request) with { DropAfter = 1000, Silence = TimeSpan.FromSeconds(30) });
        using RegistryClient client = Clients.New();
        using CancellationTokenSource cancel = new();
        using Stream stream = await client.OpenBlobAsync(registry.Image(), s_blob, 0, cancel.Token);
        stream.ReadExactly(new byte[1000]);
        cancel.CancelAfter(50);
        Assert.ThrowsAny<OperationCanceledException>(() => stream.ReadByte());
    }

    [Fact]
    public async Task An_empty_blob_is_not_asked_for()
    {
        using TestRegistry registry = new(_ => TestReply.Text(500, ""));
        using RegistryClient client = Clients.New();
        Assert.Empty(await client.ReadBlobAsync(registry, Clients.Blob([])));
        Assert.Empty(registry.Requests);
    }

    [Fact]
    public async Task A_document_is_verified()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_bytes));
        using RegistryClient client = Clients.New();
        Assert.Equal(s_bytes, (await client.FetchDocumentAsync(registry.Image(), s_blob, CancellationToken.None)).ToArray());
        Descriptor other = s_blob with { Digest = Clients.Blob([1]).Digest };
        await Clients.FailsAsync(() => client.FetchDocumentAsync(registry.Image(), other, CancellationToken.None), other.Digest.ToString(), "gives other contents");
        await Clients.FailsAsync(() => client.FetchDocumentAsync(registry.Image(), s_blob with { Size = 1L << 40 }, CancellationToken.None), "the most minirun reads");
    }

    private static bool IsBlob(TestRequest request) => request.Path.Contains("/blobs/");

    private static TestReply Ranged(TestRequest request) => request.From == 0
        ? TestReply.Ok(s_bytes)
        : new TestReply(206, s_bytes[request.From..]).With("Content-Range", $"bytes {request.From}-299999/300000");

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
