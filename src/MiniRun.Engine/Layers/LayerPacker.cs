using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Packs a folder into a layer, the same bytes for the same files: names in byte order, numeric ids, times in whole seconds,
/// nothing of the host. What is inside is read by descriptor and no link is followed.
/// </summary>
public static class LayerPacker
{
    /// <param name="target">Stays open.</param>
    /// <exception cref="MiniRunException">A file changed while it was read, or is none that a layer can hold.</exception>
    /// <exception cref="OperationCanceledException">What was written is part of a layer.</exception>
    public static PackedLayer Pack(FileDescriptor folder, Stream target, PackOptions options, CancellationToken cancellation = default)
    {
        using HashingWriteStream blob = new(target);
        using Stream compressing = LayerCompression.Compress(blob, options.Encoding);
        using HashingWriteStream tar = new(compressing);
        TarWriter writer = new(tar);
        FolderPacker packer = new(writer, options, cancellation);
        try
        {
            packer.Pack(folder);
            writer.Finish();
        }
        catch (MiniRunException failure)
        {
            throw new MiniRunException($"packing a layer: {failure.Message}", failure);
        }

        // What is still in the compressor belongs to the digest; disposing it twice does nothing.
        compressing.Dispose();
        return new PackedLayer(blob.TakeDigest(), blob.Written, tar.TakeDigest(), tar.Written, packer.Entries);
    }
}
