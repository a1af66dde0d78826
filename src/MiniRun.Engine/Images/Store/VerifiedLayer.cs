using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Images.Store;

/// <summary>A layer's files, with its digest verified on the way.</summary>
internal static class VerifiedLayer
{
    /// <summary>Unpacks a layer's compressed bytes; the folder then holds all of it, or is to be thrown away.</summary>
    /// <exception cref="MiniRunException">The tar is refused, or is not what the digest says.</exception>
    internal static LayerSummary Unpack(Stream compressed, Digest diffId, FileDescriptor folder, UnpackOptions options, CancellationToken cancellation)
    {
        UnpackedLayer unpacked = LayerBlob.Unpack(compressed, folder, options, cancellation);
        return unpacked.DiffId == diffId.ToString()
            ? unpacked.Summary
            : throw new MiniRunException($"a layer unpacks to {unpacked.DiffId}, and the image's configuration says {diffId}: the image is made wrongly, or was tampered with");
    }
}
