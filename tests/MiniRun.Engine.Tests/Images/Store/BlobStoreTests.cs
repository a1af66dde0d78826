using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Images.Store;

public sealed class BlobStoreTests : IDisposable
{
    private static readonly byte[] s_contents = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i))];
    private readonly TestStore _test = new();
    private readonly ImageStore _store;
    private readonly Descriptor _descriptor = new(MediaTypes.OciLayer, Digest.Of(s_contents), s_contents.Length);

    public BlobStoreTests()
    {
        _store = _test.Open();
    }

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Contents_are_there_once_they_are_whole()
    {
        using BlobIngest ingest = _store.Blobs.Begin(_descriptor)!;
        ingest.Write(s_contents.AsSpan(0, 50_000));
        Assert.False(_store.Blobs.Contains(_descriptor.Digest));
        ingest.Write(s_contents.AsSpan(50_000));
        Assert.False(_store.Blobs.Contains(_descriptor.Digest));
        ingest.Commit();
        Assert.Equal(s_contents, Read());
        Assert.Null(_store.Blobs.Begin(_descriptor));
        Assert.Equal(s_contents.Length, _store.Blobs.SizeOf(_descriptor.Digest));
    }

    [Fact]
    public void Other_contents_of_the_same_length_are_refused_and_nothing_is_kept()
    {
        byte[] other = [.. s_contents];
        other[99_999] ^= 1;
        Assert.Contains("what came is sha256:", Assert.Throws<MiniRunException>(() => Take(other)).Message, StringComparison.Ordinal);
        Assert.False(_store.Blobs.Contains(_descriptor.Digest));
        Assert.Empty(Directory.GetFiles(_test.Data.Staging));
    }

    [Fact]
    public void More_than_there_should_be_is_refused_and_nothing_is_kept()
    {
        Assert.Contains("longer than the 100000 bytes", Assert.Throws<MiniRunException>(() => Take([.. s_contents, 0])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_test.Data.Staging));
    }

    [Fact]
    public void What_breaks_off_is_continued_by_the_next()
    {
        Assert.Contains("ended after 60000 of 100000 bytes", Assert.Throws<MiniRunException>(() => Take(s_contents[..60_000])).Message, StringComparison.Ordinal);
        using BlobIngest ingest = _store.Blobs.Begin(_descriptor)!;
        Assert.Equal(60_000, ingest.Left);
        using MemoryStream whole = new();
        using (Stream contents = ingest.Receive(new MemoryStream(s_contents[60_000..])))
        {
            contents.CopyTo(whole);
        }

        Assert.Equal(s_contents, whole.ToArray());
        Assert.Equal(s_contents, Read());
    }

    [Fact]
    public void What_was_left_and_is_wrong_does_not_spoil_the_next()
    {
        byte[] wrong = [.. s_contents[..60_000]];
        wrong[7] ^= 1;
        Assert.Throws<MiniRunException>(() => Take(wrong));
        using (BlobIngest ingest = _store.Blobs.Begin(_descriptor)!)
        using (Stream contents = ingest.Receive(new MemoryStream(s_contents[60_000..])))
        {
            Assert.Throws<MiniRunException>(() => contents.CopyTo(Stream.Null));
        }

        Take(s_contents);
        Assert.Equal(s_contents, Read());
    }

    [Fact]
    public async Task The_second_of_two_waits_and_finds_it_there()
    {
        BlobIngest first = _store.Blobs.Begin(_descriptor)!;
        Task<BlobIngest?> second = Task.Run(() => _test.Open().Blobs.Begin(_descriptor));
        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(200)));
        first.Write(s_contents);
        first.Commit();
        first.Dispose();
        Assert.Null(await second);
    }

    [Fact]
    public void Contents_of_unknown_digest_get_it_at_the_end()
    {
        Descriptor added = _store.Blobs.AddUnknown(MediaTypes.OciLayer, stream => stream.Write(s_contents));
        Assert.Equal((_descriptor.Digest, _descriptor.Size), (added.Digest, added.Size));
        Assert.Equal(s_contents, Read());
        Assert.Throws<IOException>(() => _store.Blobs.AddUnknown(MediaTypes.OciLayer, stream => throw new IOException()));
        Assert.Empty(Directory.GetFiles(_test.Data.Staging));
    }

    [Fact]
    public void What_is_not_there_is_an_error_that_says_what_to_do() =>
        Assert.Contains("pull or load its image again", Assert.Throws<MiniRunException>(() => _store.Blobs.ReadDocument(_descriptor.Digest)).Message, StringComparison.Ordinal);

    private void Take(byte[] contents)
    {
        using BlobIngest ingest = _store.Blobs.Begin(_descriptor)!;
        using Stream stream = ingest.Receive(new MemoryStream(contents));
        stream.CopyTo(Stream.Null);
    }

    private byte[] Read()
    {
        using Stream stream = _store.Blobs.OpenRead(_descriptor.Digest);
        using MemoryStream contents = new();
        stream.CopyTo(contents);
        return contents.ToArray();
    }
}
