using System.IO.Compression;
using MiniRun.Linux;
using MiniRun.Linux.Compression;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Compression of layers, told by their first bytes and undone in this process: a program looked up for it could be one that
/// a container has planted (CVE-2026-41567).
/// </summary>
public static class LayerCompression
{
    /// <summary>As many first bytes as are looked at.</summary>
    private const int MagicLength = 6;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b, 0x08];

    private static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>The encoding of what begins with these bytes.</summary>
    /// <exception cref="MiniRunException">It is compressed in a way that layers are not.</exception>
    public static LayerEncoding Detect(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(GzipMagic))
        {
            return LayerEncoding.Gzip;
        }

        // A skippable frame, 0x184d2a5X, may come first (zstd:chunked, RFC 8878).
        if (start.StartsWith(ZstdMagic) || (start.Length >= 4 && (start[0] & 0xf0) == 0x50 && start[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2a, 0x4d, 0x18])))
        {
            return LayerEncoding.Zstd;
        }

        string? other = start.StartsWith("BZh"u8) ? "bzip2" : start.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? "xz" : null;
        return other is null ? LayerEncoding.Plain : throw new MiniRunException($"the layer is compressed with {other}: minirun reads gzip, zstd and plain tar; compress it with one of these");
    }

    /// <summary>The encoding of a stream, of which the first bytes are read.</summary>
    /// <exception cref="MiniRunException">It is compressed in a way that layers are not.</exception>
    public static LayerEncoding Detect(Stream blob) => Detect(ReadStart(blob));

    /// <summary>The tar in a layer, whatever its encoding. What is behind stays open.</summary>
    /// <exception cref="MiniRunException">See <see cref="Detect(ReadOnlySpan{byte})"/>; reading throws one where the data are damaged.</exception>
    public static Stream Decompress(Stream blob)
    {
        byte[] start = ReadStart(blob);
        PrefixedStream whole = new(start, blob);
        return Detect(start) switch
        {
            LayerEncoding.Gzip => new GzipReadStream(whole),
            LayerEncoding.Zstd => new ZstdReadStream(whole),
            _ => whole,
        };
    }

    /// <summary>A stream that compresses what is written to it; disposing it writes the end. The target stays open.</summary>
    public static Stream Compress(Stream target, LayerEncoding encoding) => encoding switch
    {
        LayerEncoding.Gzip => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
        LayerEncoding.Zstd => new ZstdWriteStream(target),
        _ => new BufferedStream(new UnownedStream(target)),
    };

    private static byte[] ReadStart(Stream blob)
    {
        byte[] start = new byte[MagicLength];
        return start[..blob.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
