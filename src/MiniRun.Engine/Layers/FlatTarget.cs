using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>A root file system that holds the layers below: deletions are carried out, but never on what this layer itself has brought.</summary>
internal sealed class FlatTarget : ILayerTarget
{
    // As Latin-1, which every byte string is; a set of byte arrays would need a comparer of its own.
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    public bool ReplaceOnTheWay(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path, Errno error)
    {
        if (IsOwn(path) || error is not (Errno.ELOOP or Errno.ENOTDIR))
        {
            throw BlockedWay.Exception(path, error);
        }

        // As an overlay would show it: a folder of this layer hides a link or file of those below.
        TreeRemoval.Remove(folder, name);
        return false;
    }

    public bool Replace(FileDescriptor folder, ReadOnlySpan<byte> name, bool byFolder)
    {
        TreeRemoval.Remove(folder, name);
        return false;
    }

    public void Delete(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path)
    {
        if (!IsOwn(path))
        {
            TreeRemoval.Remove(folder, name);
            return;
        }

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

    public void MakeOpaque(FileDescriptor folder, ReadOnlySpan<byte> path)
    {
        foreach (byte[] name in HostDirectory.ListBytes(folder, FolderEntry.Shown(path)))
        {
            byte[] below = path.IsEmpty ? name : [.. path, (byte)'/', .. name];
            Delete(folder, name, below);
        }
    }

    public void Has(ReadOnlySpan<byte> path) => _own.Add(Key(path));

    private bool IsOwn(ReadOnlySpan<byte> path) => _own.Contains(Key(path));

    private static string Key(ReadOnlySpan<byte> path) => Encoding.Latin1.GetString(path);
}
