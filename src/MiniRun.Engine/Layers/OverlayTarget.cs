using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>A layer folder of an overlay. Everything in it is this layer's own; deletions are character devices 0:0 and opaque folders.</summary>
internal sealed class OverlayTarget(OverlayAttributes attributes) : ILayerTarget
{
    public bool ReplaceOnTheWay(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path, Errno error)
    {
        // A deleted name that is used again: what layers below have of it stays deleted.
        if (IsDeleted(folder, name))
        {
            HostDirectory.RemoveFile(folder, name);
            return true;
        }

        throw BlockedWay.Exception(path, error);
    }

    public bool Replace(FileDescriptor folder, ReadOnlySpan<byte> name, bool byFolder)
    {
        bool deleted = IsDeleted(folder, name);
        TreeRemoval.Remove(folder, name);
        return deleted;
    }

    public void Delete(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path)
    {
        Errno error = OverlayWhiteout.TryMake(folder, name, attributes);
        if (error == Errno.EEXIST)
        {
            KeepOwn(folder, name, path);
        }
        else if (error == Errno.EOPNOTSUPP)
        {
            throw CannotHide(name, path, error);
        }
        else if (error != 0)
        {
            throw new SyscallException("mknodat", FolderEntry.Shown(path), error);
        }
    }

    public void MakeOpaque(FileDescriptor folder, ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = OverlayMarks.Opaque(attributes);
        Errno error = FileMetadata.TrySetAttribute(folder, name, "y"u8);
        if (error != 0)
        {
            throw CannotHide(name, path, error);
        }
    }

    public void Has(ReadOnlySpan<byte> path)
    {
        // All in the folder is the layer's.
    }

    private static bool IsDeleted(FileDescriptor folder, ReadOnlySpan<byte> name) =>
        FileStatus.OfEntry(folder, name) is { } status && OverlayWhiteout.Is(folder, name, status);

    private static MiniRunException CannotHide(ReadOnlySpan<byte> name, ReadOnlySpan<byte> path, Errno error) =>
        new($"{new SyscallException("fsetxattr", $"{FolderEntry.Shown(name)} of {FolderEntry.Shown(path)}", error).Message}: overlayfs cannot hide what lower layers have here; keep minirun's data on a file system with extended attributes (--data-root)");

    /// <summary>A whiteout is about layers below (OCI image spec, "Whiteouts"): what this layer has of that name stays, alone.</summary>
    private void KeepOwn(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path)
    {
        using FileDescriptor? own = FolderEntry.TryOpen(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error);
        if (own is not null)
        {
            MakeOpaque(own, path);
        }
        else if (error is not (Errno.ENOTDIR or Errno.ELOOP))
        {
            throw new SyscallException("openat", FolderEntry.Shown(path), error);
        }
    }
}
