using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Copies;

/// <summary>A folder that people, or a container's processes, use: files replace files, folders are merged, and neither becomes the other. No tree is ever removed.</summary>
internal sealed class InUseTarget(string destination) : ILayerTarget
{
    public bool ReplaceOnTheWay(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path, Errno error) => error is Errno.ELOOP or Errno.ENOTDIR
        ? throw new MiniRunException($"cannot copy below \"{destination}/{FolderEntry.Shown(path)}\", which is a link or a file: not a directory")
        : throw new SyscallException("openat", FolderEntry.Shown(path), error);

    public bool Replace(FileDescriptor folder, ReadOnlySpan<byte> name, bool byFolder)
    {
        if (FileStatus.OfEntry(folder, name) is not { } there)
        {
            return false;
        }

        string shown = FolderEntry.Shown(name);
        if (there.IsDirectory)
        {
            throw new MiniRunException($"cannot overwrite directory \"{shown}\" with non-directory \"{shown}\" in \"{destination}\"");
        }

        if (byFolder)
        {
            throw new MiniRunException($"cannot overwrite non-directory \"{shown}\" with directory \"{shown}\" in \"{destination}\"");
        }

        // unlink(2) would succeed from outside the container, and take the mount away from it.
        if (there.IsMountRoot)
        {
            throw new MiniRunException($"unlinkat {destination}/{shown}: device or resource busy: it is mounted there; change it with minirun exec");
        }

        HostDirectory.RemoveFile(folder, name);
        return false;
    }

    public void Delete(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path) => throw new NotSupportedException();

    public void MakeOpaque(FileDescriptor folder, ReadOnlySpan<byte> path)
    {
        // Nothing lies below.
    }

    public void Has(ReadOnlySpan<byte> path)
    {
        // Nothing is deleted, so nothing must be told apart.
    }
}
