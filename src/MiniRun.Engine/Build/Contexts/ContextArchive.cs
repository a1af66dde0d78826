using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Contexts;

/// <summary>A context that comes as a tar: unpacked into a folder of minirun's own, by the reader that layers have.</summary>
internal static class ContextArchive
{
    /// <exception cref="MiniRunException">The archive is damaged, or has a name that leaves it.</exception>
    internal static void Unpack(Stream archive, FileDescriptor folder)
    {
        // Whose the files are does not matter: what is copied from a context becomes root's.
        using Stream tar = LayerCompression.Decompress(archive);
        LayerUnpacker.Unpack(tar, folder, new UnpackOptions { Mode = LayerMode.Flat, Ownership = Ownership.Squash });
    }
}
