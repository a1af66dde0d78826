using System.Buffers;
using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Copies single files with all they have: contents, owner, mode, extended attributes and time.</summary>
internal static class FileCopy
{
    private const int BufferSize = 1 << 18;

    /// <summary>Copies what is no folder to a name at which there is nothing.</summary>
    /// <exception cref="MiniRunException">A kernel call failed.</exception>
    internal static void Make(SourceEntry source, FileDescriptor folder, byte[] name, CopyRules rules)
    {
        switch (source.Status.Type)
        {
            case FileModes.S_IFREG:
                CopyRegular(source, folder, name, rules);
                return;
            case FileModes.S_IFSOCK:
                return; // bound by a program that is not part of the image
            case FileModes.S_IFLNK:
                Check(FolderEntry.TryMakeSymbolicLink(folder, name, FolderEntry.ReadLink(source.Folder, source.Name)), "symlink", source.Path);
                break;
            default:
                Check(FolderEntry.TryMakeNode(folder, name, source.Status.Type | 0x180, source.Status.NodeMajor, source.Status.NodeMinor), "mknod", source.Path);
                break;
        }

        (uint uid, uint gid) = rules.Owner ?? (source.Status.Uid, source.Status.Gid);
        using FileDescriptor made = FolderEntry.HoldNew(folder, name, source.Status.Type, source.Status.NodeMajor, source.Status.NodeMinor);
        FileMetadata.ChangeOwnerOfHandle(made, uid, gid, source.Path);
        if (!source.Status.IsSymbolicLink)
        {
            FileMetadata.ChangeModeOfHandle(made, rules.Mode ?? (source.Status.Mode & FileModes.PermissionBits), source.Path);
        }

        FileMetadata.SetModifiedOfHandle(made, source.Status.Modified, source.Path);
    }

    /// <summary>Gives a file or folder owner, mode, attributes and time, in an order in which none undoes another: chown takes set-user-ID bits and capabilities away.</summary>
    internal static void Describe(FileDescriptor copy, FileDescriptor source, FileStatus status, CopyRules rules, string path)
    {
        (uint uid, uint gid) = rules.Owner ?? (status.Uid, status.Gid);
        FileMetadata.ChangeOwner(copy, uid, gid, path);
        FileMetadata.ChangeMode(copy, rules.Mode ?? (status.Mode & FileModes.PermissionBits), path);
        CopyAttributes(source, copy, path);
        FileMetadata.SetModified(copy, status.Modified, path);
    }

    private static void CopyRegular(SourceEntry source, FileDescriptor folder, byte[] name, CopyRules rules)
    {
        // O_NONBLOCK: what was a file a moment ago may be a FIFO now.
        using FileDescriptor from = FolderEntry.TryOpen(source.Folder, source.Name, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK, out Errno error)
            ?? throw new SyscallException("openat", source.Path, error);
        FileStatus status = FileStatus.Of(from, source.Path);
        if (!status.IsRegular)
        {
            throw new MiniRunException($"{source.Path}: it was replaced while it was copied; try again");
        }

        using FileDescriptor copy = FolderEntry.TryCreate(folder, name, 0x180, out error) ?? throw new SyscallException("openat", source.Path, error);
        CopyContents(from, copy, source.Path);
        Describe(copy, from, status, rules, source.Path);
    }

    private static void CopyContents(FileDescriptor from, FileDescriptor to, string path)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int count = HostFile.Read(from, buffer, path); count > 0; count = HostFile.Read(from, buffer, path))
            {
                HostFile.WriteAll(to, buffer.AsSpan(0, count), path);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Extended attributes that are the file's own: overlayfs's and the host's labels are not.</summary>
    private static void CopyAttributes(FileDescriptor from, FileDescriptor to, string path)
    {
        ReadOnlySpan<byte> names = FileMetadata.AttributeNames(from, path);
        while (names.Length > 0)
        {
            int end = names.IndexOf((byte)0);
            ReadOnlySpan<byte> name = names[..end];
            names = names[(end + 1)..];
            if (!IsCopied(name) || FileMetadata.Attribute(from, name) is not { } value)
            {
                continue;
            }

            Errno error = FileMetadata.TrySetAttribute(to, name, value);
            if (error is not (0 or Errno.EOPNOTSUPP))
            {
                throw new SyscallException($"fsetxattr {Encoding.UTF8.GetString(name)}", path, error);
            }
        }
    }

    private static bool IsCopied(ReadOnlySpan<byte> name) =>
        (name.StartsWith("user."u8) && !name.StartsWith("user.overlay."u8)) || name.SequenceEqual("security.capability"u8)
        || name.StartsWith("system.posix_acl_"u8);

    private static void Check(Errno error, string call, string path)
    {
        if (error != 0)
        {
            throw new SyscallException(call, path, error);
        }
    }
}
