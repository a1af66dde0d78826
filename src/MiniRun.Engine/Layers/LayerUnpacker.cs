using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Unpacks a layer's tar into a folder. Everything happens by descriptors below that folder and never through a link, so no
/// name in a layer reaches anything else (CVE-2014-6407, CVE-2018-1002200 and their kin). Memory does not grow with the files.
/// </summary>
public static class LayerUnpacker
{
    /// <summary>Unpacks the tar and reads the stream to its end, as the digest of a layer covers what comes after the archive too.</summary>
    /// <param name="tar">Uncompressed.</param>
    /// <param name="folder">Where to; nobody else writes in it meanwhile.</param>
    /// <exception cref="MiniRunException">The layer is refused, or the disk is full; the folder then holds part of it.</exception>
    /// <exception cref="OperationCanceledException">The same.</exception>
    public static LayerSummary Unpack(Stream tar, FileDescriptor folder, UnpackOptions options, CancellationToken cancellation = default)
    {
        TarReader reader = new(tar, options.Limits);
        ILayerTarget target = options.Mode == LayerMode.Overlay ? new OverlayTarget(options.OverlayAttributes) : new FlatTarget();
        using FolderStack folders = new(folder, target);
        EntryUnpacker unpacker = new(reader, folders, target, options);
        try
        {
            while (reader.Next() is { } entry)
            {
                cancellation.ThrowIfCancellationRequested();
                unpacker.Unpack(entry);
            }

            reader.Drain();
            folders.Finish();
        }
        catch (MiniRunException failure)
        {
            throw new MiniRunException($"unpacking a layer: {failure.Message}", failure);
        }

        return unpacker.Summary;
    }
}
