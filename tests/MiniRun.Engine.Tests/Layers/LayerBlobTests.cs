using System.Security.Cryptography;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Layers;

public sealed class LayerBlobTests : IDisposable
{
    private readonly LayerFolder _layer = new();

    public static TheoryData<LayerEncoding> Encodings => [LayerEncoding.Plain, LayerEncoding.Gzip, LayerEncoding.Zstd];

    public void Dispose() => _layer.Dispose();

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_layer_is_told_by_its_first_bytes_and_its_digest_is_of_what_was_compressed(LayerEncoding encoding)
    {
        byte[] tar = Tar();
        UnpackedLayer unpacked = Unpack(Compressed(tar, encoding));
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(tar))}", unpacked.DiffId);
        Assert.Equal((tar.Length, 3), (unpacked.TarBytes, unpacked.Summary.Entries));
        Assert.Equal(3_000_000, new FileInfo(_layer["big"]).Length);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_layer_in_several_members_or_frames_is_read_whole(LayerEncoding encoding)
    {
        byte[] tar = [.. Tar(), .. "bytes after the end are part of the digest"u8];
        byte[] blob = [.. Compressed(tar[..1000], encoding), .. Compressed(tar[1000..2_000_000], encoding), .. Compressed(tar[2_000_000..], encoding)];
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(tar))}", Unpack(blob).DiffId);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_layer_that_is_cut_off_is_refused(LayerEncoding encoding)
    {
        byte[] blob = Compressed(Tar(), encoding);
        for (int part = 1; part < 10; part++)
        {
            MiniRunException failure = Assert.Throws<MiniRunException>(() => Unpack(blob[..(blob.Length * part / 10)]));
            Assert.Matches("cut off|it ends after", failure.Message);
        }
    }

    [Theory]
    [InlineData(LayerEncoding.Gzip)]
    [InlineData(LayerEncoding.Zstd)]
    public void A_damaged_layer_is_refused(LayerEncoding encoding)
    {
        byte[] blob = Compressed(Tar(), encoding);
        blob[blob.Length / 2] ^= 0x55;
        Assert.Throws<MiniRunException>(() => Unpack(blob));
    }

    [Theory]
    [InlineData("BZh91AY", "bzip2")]
    [InlineData("\u00fd7zXZ\0", "xz")]
    public void What_layers_are_not_compressed_with_is_named(string start, string name) =>
        Assert.Contains(name, Assert.Throws<MiniRunException>(() => LayerCompression.Detect(System.Text.Encoding.Latin1.GetBytes(start))).Message);

    [Fact]
    public void A_zstd_frame_that_wants_a_gigabyte_of_window_is_refused()
    {
        // Magic, descriptor without single-segment, window descriptor 2^31 (RFC 8878, 3.1.1.1.2), one empty last block.
        byte[] blob = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00];
        Assert.Contains("zstd data", Assert.Throws<MiniRunException>(() => Unpack(blob)).Message);
    }

    [Fact]
    public void A_skippable_frame_may_come_first() =>
        Assert.Equal(3, Unpack([0x51, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2, .. Compressed(Tar(), LayerEncoding.Zstd)]).Summary.Entries);

    [Fact]
    public void A_stream_that_fails_fails_the_unpacking()
    {
        using FileDescriptor folder = HostFile.OpenDirectory(_layer.Path);
        using FailingStream stream = new(Tar()[..100_000]);
        Assert.Throws<IOException>(() => LayerBlob.Unpack(stream, folder, new UnpackOptions()));
    }

    private static byte[] Tar()
    {
        byte[] contents = new byte[3_000_000];
        new Random(1).NextBytes(contents.AsSpan(0, 2_000_000));
        return new TarBuilder().Folder("a/").File("a/b", "text").Entry((byte)'0', "big", data: contents).Bytes;
    }

    private static byte[] Compressed(byte[] tar, LayerEncoding encoding)
    {
        using MemoryStream target = new();
        using (Stream compressing = LayerCompression.Compress(target, encoding))
        {
            compressing.Write(tar);
        }

        return target.ToArray();
    }

    private UnpackedLayer Unpack(byte[] blob)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(_layer.Path);
        using MemoryStream stream = new(blob);
        return LayerBlob.Unpack(stream, folder, new UnpackOptions());
    }

    /// <summary>A connection that breaks.</summary>
    private sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => Position < Length ? base.Read(buffer) : throw new IOException("connection reset");
    }
}
