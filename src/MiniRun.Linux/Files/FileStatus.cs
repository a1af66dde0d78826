using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>What statx(2) says of a file: enough to know whether it is the one that was meant.</summary>
public readonly record struct FileStatus
{
    private const uint StatusMask = Libc.STATX_BASIC_STATS | Libc.STATX_MNT_ID;

    /// <summary>Type and permissions, as <see cref="FileModes"/>.</summary>
    public required uint Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Bytes.</summary>
    public required ulong Size { get; init; }

    public required ulong Inode { get; init; }

    public required uint DeviceMajor { get; init; }

    public required uint DeviceMinor { get; init; }

    /// <summary>For device nodes: which device.</summary>
    public required uint NodeMajor { get; init; }

    public required uint NodeMinor { get; init; }

    public required ulong MountId { get; init; }

    /// <summary>Whether the file is the root of a mount (Linux ≥ 5.8).</summary>
    public required bool IsMountRoot { get; init; }

    /// <summary>Last change of the contents, seconds since 1970.</summary>
    public required long ModifiedSeconds { get; init; }

    /// <summary>The nanoseconds beyond <see cref="ModifiedSeconds"/>.</summary>
    public required uint ModifiedNanoseconds { get; init; }

    /// <summary>How many names the file has.</summary>
    public required uint Links { get; init; }

    public uint Type => Mode & FileModes.S_IFMT;

    public bool IsDirectory => Type == FileModes.S_IFDIR;

    public bool IsRegular => Type == FileModes.S_IFREG;

    public bool IsSymbolicLink => Type == FileModes.S_IFLNK;

    /// <summary>Whether it is what overlayfs takes for a deleted name: a character device 0:0.</summary>
    public bool IsWhiteout => Type == FileModes.S_IFCHR && NodeMajor == 0 && NodeMinor == 0;

    public FileTime Modified => new(ModifiedSeconds, ModifiedNanoseconds);

    /// <summary>The status of an open file.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileStatus Of(FileDescriptor descriptor, string subject)
    {
        Errno error = TryRead(descriptor, "", Libc.AT_EMPTY_PATH, out FileStatus status);
        return error == 0 ? status : throw new SyscallException("statx", subject, error);
    }

    /// <summary>The status of a path, links followed; null where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileStatus? Of(string path) => Named(path, 0);

    /// <summary>The status of a path itself, a link not followed; null where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileStatus? OfLink(string path) => Named(path, Libc.AT_SYMLINK_NOFOLLOW);

    /// <summary>The status of a name in a directory, a link not followed; null where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileStatus? OfEntry(FileDescriptor directory, string name)
    {
        Errno error = TryRead(directory, name, Libc.AT_SYMLINK_NOFOLLOW, out FileStatus status);
        return Answer(error, status, name);
    }

    /// <summary>The same of a name that is bytes, one component; for messages it is given as text only on failure.</summary>
    /// <exception cref="MiniRunException">It is a path.</exception>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe FileStatus? OfEntry(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        statx raw;
        nint result = Libc.statx(directory, FolderEntry.One(name), Libc.AT_SYMLINK_NOFOLLOW | Libc.AT_NO_AUTOMOUNT, StatusMask, &raw);
        Errno error = result == -1 ? KernelCall.LastError : 0;
        return error == 0 ? From(raw) : Answer(error, default, FolderEntry.Shown(name));
    }

    private static FileStatus? Named(string path, int flags)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        Errno error = TryRead(start, path, flags, out FileStatus status);
        return Answer(error, status, path);
    }

    private static FileStatus? Answer(Errno error, FileStatus status, string subject) => error switch
    {
        0 => status,
        Errno.ENOENT or Errno.ENOTDIR => null,
        _ => throw new SyscallException("statx", subject, error),
    };

    private static unsafe Errno TryRead(FileDescriptor directory, string path, int flags, out FileStatus status)
    {
        statx raw;
        nint result = Libc.statx(directory, path, flags | Libc.AT_NO_AUTOMOUNT, StatusMask, &raw);
        if (result == -1)
        {
            Errno error = KernelCall.LastError;
            status = default;
            return error;
        }

        status = From(raw);
        return 0;
    }

    private static FileStatus From(in statx raw) => new()
    {
        Mode = raw.stx_mode,
        Uid = raw.stx_uid,
        Gid = raw.stx_gid,
        Size = raw.stx_size,
        Inode = raw.stx_ino,
        DeviceMajor = raw.stx_dev_major,
        DeviceMinor = raw.stx_dev_minor,
        NodeMajor = raw.stx_rdev_major,
        NodeMinor = raw.stx_rdev_minor,
        MountId = raw.stx_mnt_id,
        IsMountRoot = (raw.stx_attributes & Libc.STATX_ATTR_MOUNT_ROOT) != 0,
        ModifiedSeconds = raw.stx_mtime.tv_sec,
        ModifiedNanoseconds = raw.stx_mtime.tv_nsec,
        Links = raw.stx_nlink,
    };
}
