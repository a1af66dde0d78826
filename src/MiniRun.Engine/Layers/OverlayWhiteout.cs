using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;

namespace MiniRun.Engine.Layers;

/// <summary>
/// A deleted name as overlayfs keeps it in a layer: a character device 0:0. A folder that is on an overlay itself takes none, so
/// there it is the other form that overlayfs knows (Linux 6.7, Documentation/filesystems/overlayfs.rst, "Nesting overlayfs
/// mounts"): an empty file with an attribute, in a folder that is marked for it.
/// </summary>
internal static class OverlayWhiteout
{
    /// <summary>Makes one; EEXIST where the name is there.</summary>
    internal static Errno TryMake(FileDescriptor folder, ReadOnlySpan<byte> name, OverlayAttributes attributes)
    {
        Errno error = FolderEntry.TryMakeWhiteout(folder, name);
        return error == Errno.EPERM && OverlaySupport.IsOverlay(folder) ? TryMakeFile(folder, name, attributes) : error;
    }

    /// <summary>Whether an entry is one.</summary>
    internal static bool Is(FileDescriptor folder, ReadOnlySpan<byte> name, FileStatus status) =>
        status.IsWhiteout || (status is { IsRegular: true, Size: 0 } && IsMarked(folder, name));

    private static Errno TryMakeFile(FileDescriptor folder, ReadOnlySpan<byte> name, OverlayAttributes attributes)
    {
        ReadOnlySpan<byte> opaque = OverlayMarks.Opaque(attributes);
        using FileDescriptor? file = FolderEntry.TryCreate(folder, name, 0x180, out Errno error);
        if (file is null)
        {
            return error;
        }

        error = FileMetadata.TrySetAttribute(file, OverlayMarks.Whiteout(attributes), "y"u8);

        // "x" has overlayfs look for such files; a folder that is opaque needs none of them.
        return error == 0 && FileMetadata.Attribute(folder, opaque) is null ? FileMetadata.TrySetAttribute(folder, opaque, "x"u8) : error;
    }

    private static bool IsMarked(FileDescriptor folder, ReadOnlySpan<byte> name)
    {
        using FileDescriptor? file = FolderEntry.TryOpen(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY, out _);
        return file is not null && FileMetadata.Attribute(file, OverlayMarks.Whiteout(OverlayMarks.Believed)) is not null;
    }
}
