using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>Walks a folder, entries in the order of their names' bytes, and writes each to a tar.</summary>
internal sealed class FolderPacker(TarWriter writer, PackOptions options, CancellationToken cancellation)
{
    private const int MaxDepth = 256;

    // Files with several names, by device and inode: the name they were written under.
    private readonly Dictionary<(uint, uint, ulong), byte[]> _written = [];
    private readonly byte[] _buffer = new byte[256 * 1024];

    public long Entries { get; private set; }

    private bool IsUpper => options.Source == PackSource.OverlayUpper;

    public void Pack(FileDescriptor folder) => PackFolder(folder, [], 0);

    private void PackFolder(FileDescriptor folder, byte[] path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new MiniRunException($"'{FolderEntry.Shown(path)}' is nested more than {MaxDepth} folders deep");
        }

        List<byte[]> names = [.. HostDirectory.ListBytes(folder, FolderEntry.Shown(path))];
        names.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        foreach (byte[] name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsUpper && Whiteout.IsMarked(name))
            {
                throw new MiniRunException($"'{FolderEntry.Shown(name)}' in '{FolderEntry.Shown(path)}' has a name by which layers delete others; rename it");
            }

            FileStatus status = FileStatus.OfEntry(folder, name) ?? throw Vanished(name);
            byte[] entry = PathOf(path, name);
            if (status.Type != FileModes.S_IFSOCK && !IsStub(folder, name, entry, status))
            {
                PackEntry(folder, name, entry, status, depth);
            }
        }
    }

    private static byte[] PathOf(byte[] folder, byte[] name) => folder.Length == 0 ? name : [.. folder, (byte)'/', .. name];

    private bool IsStub(FileDescriptor folder, byte[] name, byte[] path, FileStatus status)
    {
        if (options.Stubs is not { } stubs || !stubs.Has(path))
        {
            return false;
        }

        if (!status.IsDirectory)
        {
            return status is { IsRegular: true, Size: 0 };
        }

        using FileDescriptor below = Open(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
        return HasOnlyStubs(below, path);
    }

    private bool HasOnlyStubs(FileDescriptor folder, byte[] path) => HostDirectory.ListBytes(folder, FolderEntry.Shown(path)).All(name =>
        FileStatus.OfEntry(folder, name) is { } status && IsStub(folder, name, PathOf(path, name), status));

    private void PackEntry(FileDescriptor folder, byte[] name, byte[] path, FileStatus status, int depth)
    {
        if (status.IsWhiteout)
        {
            PackWhiteout(path, name.Length);
        }
        else if (status.IsDirectory)
        {
            using FileDescriptor below = Open(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
            EntryAttributes attributes = EntryAttributes.Of(below, path, IsUpper);
            TarEntry described = Described(TarEntryKind.Directory, [.. path, (byte)'/'], status) with { Attributes = attributes.Kept };
            bool isUnchanged = options.Stubs?.TimeOf(path) is not null && HasOnlyStubs(below, path);
            Write(isUnchanged ? described with { Modified = Seconds(options.Stubs!.TimeOf(path)!.Value.Seconds) } : described);
            if (attributes.IsOpaque)
            {
                Write(Mark([.. path, (byte)'/', .. Whiteout.OpaqueName]));
            }

            PackFolder(below, path, depth + 1);
        }
        else if (status.Links > 1 && !_written.TryAdd((status.DeviceMajor, status.DeviceMinor, status.Inode), path))
        {
            byte[] first = _written[(status.DeviceMajor, status.DeviceMinor, status.Inode)];
            Write(Described(TarEntryKind.HardLink, path, status) with { LinkName = first });
        }
        else if (status.IsRegular)
        {
            PackFile(folder, name, path);
        }
        else
        {
            PackSpecial(folder, name, path, status);
        }
    }

    private void PackFile(FileDescriptor folder, byte[] name, byte[] path)
    {
        // O_NONBLOCK: should a FIFO have taken the name meanwhile, opening it must not wait.
        using FileDescriptor file = Open(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY);
        string subject = FolderEntry.Shown(path);
        FileStatus status = FileStatus.Of(file, subject);
        if (!status.IsRegular)
        {
            throw Vanished(path);
        }

        Write(Described(TarEntryKind.File, path, status) with { Size = (long)status.Size, Attributes = EntryAttributes.Of(file, path, IsUpper).Kept });
        for (long left = (long)status.Size; left > 0;)
        {
            int count = HostFile.Read(file, _buffer.AsSpan(0, (int)Math.Min(left, _buffer.Length)), subject);
            if (count == 0)
            {
                throw new MiniRunException($"'{subject}' became shorter while it was read; stop what writes to it first");
            }

            writer.WriteData(_buffer.AsSpan(0, count));
            left -= count;
        }
    }

    private void PackSpecial(FileDescriptor folder, byte[] name, byte[] path, FileStatus status) => Write(status.Type switch
    {
        FileModes.S_IFLNK => Described(TarEntryKind.SymbolicLink, path, status) with { LinkName = FolderEntry.ReadLink(folder, name) },
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

    private static FileDescriptor Open(FileDescriptor folder, byte[] name, int flags) =>
        FolderEntry.TryOpen(folder, name, flags, out Errno error) ?? throw (error is Errno.ENOENT or Errno.ELOOP or Errno.ENOTDIR ? Vanished(name) : new SyscallException("openat", FolderEntry.Shown(name), error));

    private static MiniRunException Vanished(ReadOnlySpan<byte> name) =>
        new($"'{FolderEntry.Shown(name)}' was replaced or removed while it was read; stop what writes to it first");
}
