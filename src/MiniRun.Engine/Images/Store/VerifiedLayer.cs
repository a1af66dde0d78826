using System.Security.Cryptography;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Images.Store;

/// <summary>A layer's files, with its digest verified on the way.</summary>
internal static class VerifiedLayer
{
    private const int BufferSize = 256 << 10;

    /// <summary>Unpacks a layer's compressed bytes; the folder then holds all of it, or is to be thrown away.</summary>
    /// <exception cref="MiniRunException">The tar is refused, or is not what the digest says.</exception>
    internal static LayerSummary Unpack(Stream compressed, Digest diffId, FileDescriptor folder, UnpackOptions options, CancellationToken cancellation)
    {
        UnpackedLayer unpacked = LayerBlob.Unpack(compressed, folder, options with { Hash = diffId.Function }, cancellation);
        Compare(unpacked.DiffId, diffId);
        return unpacked.Summary;
    }

    /// <summary>Reads a layer's compressed bytes to their end, and unpacks nothing.</summary>
    /// <exception cref="MiniRunException">The data are damaged, or the tar is not what the digest says.</exception>
    internal static void Check(Stream compressed, Digest diffId, CancellationToken cancellation)
    {
        using Stream tar = LayerCompression.Decompress(compressed);
        using IncrementalHash hash = IncrementalHash.CreateHash(diffId.Function);
        byte[] buffer = new byte[BufferSize];
        for (int count = tar.Read(buffer); count > 0; count = tar.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, count));
        }

        Compare(Digest.OfHash(hash.GetHashAndReset()).ToString(), diffId);
    }

    private static void Compare(string actual, Digest expected)
    {
        if (actual != expected.ToString())
        {
            throw new MiniRunException($"a layer unpacks to {actual}, and the image's configuration says {expected}: the image is made wrongly, or was tampered with");
        }
    }
}
