using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Layers;

/// <summary>Makes one entry of a layer after the other.</summary>
internal sealed class EntryUnpacker(TarReader reader, FolderStack folders, ILayerTarget target, UnpackOptions options)
{
    private readonly uint _uid = CurrentProcess.EffectiveUid;
    private readonly uint _gid = CurrentProcess.EffectiveGid;
    private long _entries;
    private long _bytes;
    private long _skippedDevices;
    private long _droppedAttributes;
    private long _squashed;

    public LayerSummary Summary => new()
    {
        Entries = _entries,
        Bytes = _bytes,
        SkippedDevices = _skippedDevices,
        DroppedAttributes = _droppedAttributes,
        Squashed = _squashed,
    };

    /// <exception cref="MiniRunException">The entry is refused, or a kernel call failed.</exception>
    public void Unpack(TarEntry entry)
    {
        _entries++;
        LayerPath path = LayerPath.Of(entry.Name);
        if (path.IsRoot)
        {
            UnpackRoot(entry);
            return;
        }

        if (options.Mode != LayerMode.InUse && Whiteout.IsMarked(path.Name))
        {
            UnpackWhiteout(path);
            return;
        }

        folders.Enter(path.Folder);
        switch (entry.Kind)
        {
            case TarEntryKind.File:
                UnpackFile(entry, path);
                break;
            case TarEntryKind.Directory:
                UnpackFolder(entry, path);
                break;
            case TarEntryKind.HardLink:
                UnpackLink(entry, path);
                break;
            default:
                UnpackSpecial(entry, path);
                break;
        }

        target.Has(path.Bytes);
    }

    private void UnpackRoot(TarEntry entry)
    {
        if (entry.Kind != TarEntryKind.Directory)
        {
            throw new MiniRunException("the layer's root is no folder");
        }

        folders.Enter([]);
        Furnish(entry, "the layer's root", wasThere: true);
    }

    private void UnpackWhiteout(LayerPath path)
    {
        ReadOnlySpan<byte> name = Whiteout.DeletedName(path);
        if (Whiteout.IsOpaque(path.Name))
        {
            if (path.Folder.IsEmpty)
            {
                throw new MiniRunException("the layer deletes the whole root of the layers below (an opaque whiteout of '/'), which no overlay can show");
            }

            folders.Enter(path.Folder);
            target.MakeOpaque(folders.Current.Descriptor, path.Folder);
        }
        else if (!name.IsEmpty)
        {
            folders.Enter(path.Folder);
            byte[] deleted = path.Folder.IsEmpty ? name.ToArray() : [.. path.Folder, (byte)'/', .. name];
            target.Delete(folders.Current.Descriptor, name, deleted);
        }
    }

    private void UnpackFile(TarEntry entry, LayerPath path)
    {
        FileDescriptor folder = folders.Current.Descriptor;
        FileDescriptor? created = FolderEntry.TryCreate(folder, path.Name, 0x180, out Errno error);
        if (error == Errno.EEXIST)
        {
            target.Replace(folder, path.Name, byFolder: false);
            created = FolderEntry.TryCreate(folder, path.Name, 0x180, out error);
        }

        string subject = FolderEntry.Shown(path.Bytes);
        using FileDescriptor file = created ?? throw new SyscallException("openat", subject, error);
        if (entry.Size > options.Limits.MaxBytes - _bytes)
        {
            throw new MiniRunException($"{subject}: the layer's files are larger than the {options.Limits.MaxBytes} bytes that are allowed");
        }

        _bytes += entry.Size;
        FileContents.Write(reader, entry, file, subject);
        if (NeedsOwner(entry, isNew: true))
        {
            FileMetadata.ChangeOwner(file, entry.Uid, entry.Gid, subject);
        }

        // After the owner and the contents: changing either takes setuid bits and file capabilities away.
        FileMetadata.ChangeMode(file, entry.Mode, subject);
        SetAttributes(file, entry, subject);
        FileMetadata.SetModified(file, entry.Modified, subject);
    }

    private void UnpackFolder(TarEntry entry, LayerPath path)
    {
        FileDescriptor folder = folders.Current.Descriptor;
        Errno error = FolderEntry.TryMakeFolder(folder, path.Name, FolderStack.FolderMode);
        bool wasThere = false;
        bool opaque = false;
        if (error == Errno.EEXIST)
        {
            wasThere = FileStatus.OfEntry(folder, path.Name) is { IsDirectory: true };
            if (!wasThere)
            {
                opaque = target.Replace(folder, path.Name, byFolder: true);
                error = FolderEntry.TryMakeFolder(folder, path.Name, FolderStack.FolderMode);
            }
        }

        string subject = FolderEntry.Shown(path.Bytes);
        if (error != 0 && !wasThere)
        {
            throw new SyscallException("mkdir", subject, error);
        }

        folders.Push(path.Name, path.Bytes, wasThere);
        Furnish(entry, subject, wasThere);
        if (opaque)
        {
            target.MakeOpaque(folders.Current.Descriptor, path.Bytes);
        }
    }

    /// <summary>Gives the current folder what its entry says; mode and time when it is left.</summary>
    private void Furnish(TarEntry entry, string subject, bool wasThere)
    {
        OpenFolder folder = folders.Current;
        if (!(wasThere && options.KeepsFolderOwners) && NeedsOwner(entry, isNew: false))
        {
            FileMetadata.ChangeOwner(folder.Descriptor, entry.Uid, entry.Gid, subject);
        }

        SetAttributes(folder.Descriptor, entry, subject);
        folder.Mode = entry.Mode;
        folder.Modified = entry.Modified;
    }

    private void UnpackLink(TarEntry entry, LayerPath path)
    {
        LayerPath origin = LayerPath.Of(entry.LinkName);
        string subject = $"{FolderEntry.Shown(path.Bytes)}, a hard link to '{FolderEntry.Shown(entry.LinkName)}'";
        if (origin.Bytes.SequenceEqual(path.Bytes))
        {
            throw new MiniRunException($"{subject}: it links to itself");
        }

        using FileDescriptor from = folders.OpenBelow(origin.Folder, subject);
        if (FileStatus.OfEntry(from, origin.Name) is not { IsDirectory: false } status || OverlayWhiteout.Is(from, origin.Name, status))
        {
            throw new MiniRunException($"{subject}: the layer has no such file");
        }

        FileDescriptor folder = folders.Current.Descriptor;
        Errno error = FolderEntry.TryLink(from, origin.Name, folder, path.Name);
        if (error == Errno.EEXIST)
        {
            target.Replace(folder, path.Name, byFolder: false);
            error = FolderEntry.TryLink(from, origin.Name, folder, path.Name);
        }

        if (error != 0)
        {
            throw new SyscallException("linkat", subject, error);
        }
    }

    /// <summary>Symbolic links, devices and FIFOs: what has no contents and is not opened.</summary>
    private void UnpackSpecial(TarEntry entry, LayerPath path)
    {
        FileDescriptor folder = folders.Current.Descriptor;
        Errno error = TryMake(entry, folder, path.Name);
        if (error == Errno.EEXIST)
        {
            target.Replace(folder, path.Name, byFolder: false);
            error = TryMake(entry, folder, path.Name);
        }

        bool isDevice = entry.Kind is TarEntryKind.CharacterDevice or TarEntryKind.BlockDevice;
        if (error == Errno.EPERM && isDevice)
        {
            _skippedDevices++;
            return;
        }

        string subject = FolderEntry.Shown(path.Bytes);
        if (error != 0)
        {
            throw new SyscallException(entry.Kind == TarEntryKind.SymbolicLink ? "symlinkat" : "mknodat", subject, error);
        }

        using FileDescriptor made = FolderEntry.HoldNew(folder, path.Name, TypeOf(entry.Kind), entry.Major, entry.Minor);
        if (NeedsOwner(entry, isNew: true))
        {
            FileMetadata.ChangeOwnerOfHandle(made, entry.Uid, entry.Gid, subject);
        }

        if (entry.Kind != TarEntryKind.SymbolicLink)
        {
            FileMetadata.ChangeModeOfHandle(made, entry.Mode, subject);
        }

        FileMetadata.SetModifiedOfHandle(made, entry.Modified, subject);

        // Links and nodes take no attributes of users, and no capability means anything on them.
        _droppedAttributes += entry.Attributes.Count;
    }

    private static Errno TryMake(TarEntry entry, FileDescriptor folder, ReadOnlySpan<byte> name) => entry.Kind switch
    {
        TarEntryKind.SymbolicLink => FolderEntry.TryMakeSymbolicLink(folder, name, entry.LinkName),
        TarEntryKind.CharacterDevice when entry is { Major: 0, Minor: 0 } => throw new MiniRunException($"'{FolderEntry.Shown(name)}' is a character device 0:0, which overlayfs takes for a deleted name; layers delete by .wh. entries"),
        _ => FolderEntry.TryMakeNode(folder, name, TypeOf(entry.Kind) | 0x180, entry.Major, entry.Minor),
    };

    private static uint TypeOf(TarEntryKind kind) => kind switch
    {
        TarEntryKind.SymbolicLink => FileModes.S_IFLNK,
        TarEntryKind.Fifo => FileModes.S_IFIFO,
        TarEntryKind.BlockDevice => FileModes.S_IFBLK,
        _ => FileModes.S_IFCHR,
    };

    /// <summary>Whether an owner must be set: a new file is the caller's already, unless its folder gives it a group.</summary>
    private bool NeedsOwner(TarEntry entry, bool isNew)
    {
        bool callers = entry.Uid == _uid && entry.Gid == _gid;
        if (options.Ownership == Ownership.Squash)
        {
            _squashed += callers ? 0 : 1;
            return false;
        }

        return !(callers && isNew) || folders.Current.GivesGroup;
    }

    private void SetAttributes(FileDescriptor file, TarEntry entry, string subject)
    {
        if (entry.Attributes.Count > 0)
        {
            _droppedAttributes += AppliedAttributes.Set(file, entry.Attributes, subject);
        }
    }
}
