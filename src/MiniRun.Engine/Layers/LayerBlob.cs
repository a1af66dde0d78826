using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>A layer as registries and archives have it: a tar, plain or compressed.</summary>
public static class LayerBlob
{
    /// <summary>
    /// Unpacks a layer into a folder. One thread decompresses and hashes while another writes files; the caller compares the
    /// digest with the one it expects before anybody uses the folder.
    /// </summary>
    /// <param name="blob">Compressed or not; read to its end and left open.</param>
    /// <exception cref="MiniRunException">The layer is refused, damaged, or the disk is full; the folder then holds part of it.</exception>
    /// <exception cref="OperationCanceledException">The same.</exception>
    public static UnpackedLayer Unpack(Stream blob, FileDescriptor folder, UnpackOptions options, CancellationToken cancellation = default)
    {
        using HashingReadAhead tar = new(LayerCompression.Decompress(blob), options.Hash);
        LayerSummary summary = LayerUnpacker.Unpack(tar, folder, options, cancellation);
        return new UnpackedLayer(summary, tar.Digest, tar.Position);
    }
}
