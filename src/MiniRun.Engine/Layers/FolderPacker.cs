using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Walks a folder, entries in the order of their names' bytes, and writes each to a tar. Each is held before it is looked at, and
/// opened only where it is known to be a file or a folder: opening a device that took its name meanwhile would act on it.
/// </summary>
internal sealed class FolderPacker(TarWriter writer, PackOptions options, CancellationToken cancellation)
{
    private const int MaxDepth = 256;

    // Of files in use: what strangers make must not make minirun hold more than this. Of others, no more than it would unpack again.
    private const int MostNames = 1_000_000;
    private const int MostEntries = 4_000_000;
    private const int LongestPath = 4095;

    // Files with several names, by device and inode: the name they were written under.
    private readonly Dictionary<(uint, uint, ulong), byte[]> _written = [];
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly OverlayAttributes? _upper = options.Source == PackSource.OverlayUpper ? OverlayMarks.Believed : null;

    public long Entries { get; private set; }

    /// <summary>What was left out for its type.</summary>
    public LeftOut LeftOut { get; private set; }

    private bool IsUpper => _upper is not null;

    private bool IsInUse => options.Source == PackSource.InUse;

    public void Pack(FileDescriptor folder) => PackFolder(folder, [], 0);

    /// <summary>Packs what a handle (O_PATH) names, with all in it, under this path.</summary>
    public void Pack(FileDescriptor handle, byte[] path) => PackEntry(handle, path, path.Length, FileStatus.Of(handle, FolderEntry.Shown(path)), 0);

    private void PackFolder(FileDescriptor folder, byte[] path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new MiniRunException($"'{FolderEntry.Shown(path)}' is nested more than {MaxDepth} folders deep");
        }

        List<byte[]> names = [.. HostDirectory.ListBytes(folder, FolderEntry.Shown(path), IsInUse ? MostNames : MostEntries)];
        names.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        ulong mount = IsInUse ? FileStatus.Of(folder, FolderEntry.Shown(path)).MountId : 0;
        foreach (byte[] name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsUpper && Whiteout.IsMarked(name))
            {
                throw new MiniRunException($"'{FolderEntry.Shown(name)}' in '{FolderEntry.Shown(path)}' has a name by which layers delete others; rename it");
            }

            using FileDescriptor? handle = FolderEntry.TryOpen(folder, name, OpenFlags.O_PATH, out Errno error);
            if (handle is null)
            {
                if (IsInUse && error == Errno.ENOENT)
                {
                    continue;
                }

                throw error == Errno.ENOENT ? Vanished(name) : new SyscallException("openat", FolderEntry.Shown(name), error);
            }

            byte[] below = PathOf(path, name);
            FileStatus status = FileStatus.Of(handle, FolderEntry.Shown(below));
            if (IsInUse && status.MountId != mount && FileSystemStatus.Of(handle, FolderEntry.Shown(below)).IsKernels)
            {
                PackEmpty(below, status);
            }
            else if (status.Type != FileModes.S_IFSOCK && !IsStub(handle, below, status))
            {
                PackEntry(handle, below, name.Length, status, depth);
            }
        }
    }

    private static byte[] PathOf(byte[] folder, byte[] name) => folder.Length == 0 ? name : [.. folder, (byte)'/', .. name];

    private bool IsStub(FileDescriptor handle, byte[] path, FileStatus status)
    {
        if (options.Stubs is not { } stubs || !stubs.Has(path))
        {
            return false;
        }

        if (!status.IsDirectory)
        {
            return status is { IsRegular: true, Size: 0 };
        }

        using FileDescriptor below = Reopen(handle, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, path);
        return HasOnlyStubs(below, path);
    }

    private bool HasOnlyStubs(FileDescriptor folder, byte[] path)
    {
        foreach (byte[] name in HostDirectory.ListBytes(folder, FolderEntry.Shown(path)))
        {
            using FileDescriptor? handle = FolderEntry.TryOpen(folder, name, OpenFlags.O_PATH, out _);
            if (handle is null || !IsStub(handle, PathOf(path, name), FileStatus.Of(handle, FolderEntry.Shown(name))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the kernel's files begin: a folder, as an image has it.</summary>
    private void PackEmpty(byte[] path, FileStatus status)
    {
        if (status.IsDirectory)
        {
            Write(Described(TarEntryKind.Directory, [.. path, (byte)'/'], status));
        }
    }

    private void PackEntry(FileDescriptor handle, byte[] path, int nameLength, FileStatus status, int depth)
    {
        if (IsInUse && path.Length > LongestPath)
        {
            throw new MiniRunException($"'{FolderEntry.Shown(path.AsSpan(0, 80))}…' is a path of more than {LongestPath} bytes");
        }

        if (status.IsWhiteout)
        {
            PackWhiteout(path, nameLength);
        }
        else if (status.IsDirectory)
        {
            using FileDescriptor below = Reopen(handle, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, path);
            EntryAttributes attributes = EntryAttributes.Of(below, path, _upper);
            TarEntry described = Described(TarEntryKind.Directory, [.. path, (byte)'/'], status) with { Attributes = attributes.Kept };
            bool isUnchanged = options.Stubs?.TimeOf(path) is not null && HasOnlyStubs(below, path);
            Write(isUnchanged ? described with { Modified = Seconds(options.Stubs!.TimeOf(path)!.Value.Seconds) } : described);
            if (attributes.IsOpaque)
            {
                Write(Mark([.. path, (byte)'/', .. Whiteout.OpaqueName]));
            }

            PackFolder(below, path, depth + 1);
        }
        else if (IsLeftOut(status))
        {
            LeftOut = new LeftOut(LeftOut.Count + 1, LeftOut.First ?? FolderEntry.Shown(path));
        }
        else if (WrittenBefore(status, path) is { } first)
        {
            Write(Described(TarEntryKind.HardLink, path, status) with { LinkName = first });
        }
        else if (status.IsRegular)
        {
            PackFile(handle, path);
        }
        else
        {
            PackSpecial(handle, path, status);
        }
    }

    private bool IsLeftOut(FileStatus status) => status.Type switch
    {
        FileModes.S_IFREG or FileModes.S_IFLNK => false,
        FileModes.S_IFIFO => options.SkipsFifos,
        _ => options.SkipsDevices,
    };

    /// <summary>The path under which a file with several names was written; null where it was not yet.</summary>
    private byte[]? WrittenBefore(FileStatus status, byte[] path)
    {
        (uint, uint, ulong) key = (status.DeviceMajor, status.DeviceMinor, status.Inode);
        if (status.Links < 2 || (IsInUse && _written.Count >= MostNames && !_written.ContainsKey(key)))
        {
            return null;
        }

        return _written.TryAdd(key, path) ? null : _written[key];
    }

    private void PackFile(FileDescriptor handle, byte[] path)
    {
        using FileDescriptor file = Reopen(handle, OpenFlags.O_RDONLY | OpenFlags.O_NOCTTY, path);
        string subject = FolderEntry.Shown(path);
        FileStatus status = FileStatus.Of(file, subject);
        Write(Described(TarEntryKind.File, path, status) with { Size = (long)status.Size, Attributes = EntryAttributes.Of(file, path, _upper).Kept });

        // As much as was announced, however fast it grows.
        for (long left = (long)status.Size; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = HostFile.Read(file, _buffer.AsSpan(0, (int)Math.Min(left, _buffer.Length)), subject);
            if (count == 0)
            {
                throw new MiniRunException($"'{subject}' became shorter while it was read; stop what writes to it first");
            }

            writer.WriteData(_buffer.AsSpan(0, count));
            left -= count;
        }
    }

    private void PackSpecial(FileDescriptor handle, byte[] path, FileStatus status) => Write(status.Type switch
    {
        FileModes.S_IFLNK => Described(TarEntryKind.SymbolicLink, path, status) with { LinkName = FolderEntry.ReadLink(handle, []) },
        FileModes.S_IFIFO => Described(TarEntryKind.Fifo, path, status),
        FileModes.S_IFBLK => Described(TarEntryKind.BlockDevice, path, status) with { Major = status.NodeMajor, Minor = status.NodeMinor },
        _ => Described(TarEntryKind.CharacterDevice, path, status) with { Major = status.NodeMajor, Minor = status.NodeMinor },
    });

    private void PackWhiteout(byte[] path, int nameLength)
    {
        if (!IsUpper)
        {
            throw new MiniRunException($"'{FolderEntry.Shown(path)}' is a character device 0:0, which overlayfs takes for a deleted name; remove it");
        }

        Write(Mark([.. path.AsSpan(0, path.Length - nameLength), .. Whiteout.Prefix, .. path.AsSpan(path.Length - nameLength)]));
    }

    private void Write(TarEntry entry)
    {
        Entries++;
        writer.WriteEntry(entry);
    }

    private TarEntry Described(TarEntryKind kind, byte[] path, FileStatus status) => new()
    {
        Kind = kind,
        Name = path,
        Mode = status.Mode & FileModes.PermissionBits,
        Uid = options.Uid(status.Uid),
        Gid = options.Gid(status.Gid),

        Modified = Seconds(status.ModifiedSeconds),
    };

    /// <summary>Whole seconds, as docker has them in layers.</summary>
    private FileTime Seconds(long seconds) => new(Math.Min(seconds, options.NewestTime?.Seconds ?? long.MaxValue), 0);

    private static TarEntry Mark(byte[] path) => new() { Kind = TarEntryKind.File, Name = path, Mode = 0x180 };

    /// <summary>The very file that is held, whatever has its name by now.</summary>
    private static FileDescriptor Reopen(FileDescriptor handle, int flags, byte[] path) =>
        HostFile.TryOpen(handle.ProcPath(), flags, out Errno error) ?? throw new SyscallException("openat", FolderEntry.Shown(path), error);

    private static MiniRunException Vanished(ReadOnlySpan<byte> name) =>
        new($"'{FolderEntry.Shown(name)}' was replaced or removed while it was read; stop what writes to it first");
}
