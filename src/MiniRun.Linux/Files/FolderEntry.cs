using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// Entries of an open folder by name: one component, as bytes, since names in layers need not be UTF-8. No call here follows
/// a link at the name, and a name that is a path is refused: its first parts would be followed. What may be there already, or
/// not be allowed, is answered; every other failure is thrown.
/// </summary>
public static class FolderEntry
{
    /// <summary>Opens what has this name, never through a link (ELOOP); flags are <see cref="OpenFlags"/>.</summary>
    public static FileDescriptor? TryOpen(FileDescriptor folder, ReadOnlySpan<byte> name, int flags, out Errno error, uint mode = 0)
    {
        int result;
        do
        {
            result = Libc.openat(folder, One(name), flags | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC, mode);
        }
        while (KernelCall.Interrupted(result));

        error = result == -1 ? KernelCall.LastError : 0;
        return result == -1 ? null : FileDescriptor.Adopt(result);
    }

    /// <summary>Makes a file that was not there and opens it for writing; null and EEXIST where something of that name is.</summary>
    public static FileDescriptor? TryCreate(FileDescriptor folder, ReadOnlySpan<byte> name, uint mode, out Errno error) =>
        TryOpen(folder, name, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, out error, mode);

    public static Errno TryMakeFolder(FileDescriptor folder, ReadOnlySpan<byte> name, uint mode) =>
        Answer(Libc.mkdirat(folder, One(name), mode));

    /// <summary>Makes a device node, FIFO or socket; mode has the type, as <see cref="FileModes"/>.</summary>
    public static Errno TryMakeNode(FileDescriptor folder, ReadOnlySpan<byte> name, uint mode, uint major = 0, uint minor = 0) =>
        Answer(Libc.mknodat(folder, One(name), mode, DeviceNumber(major, minor)));

    /// <summary>Makes what overlayfs takes for a deleted name. Anybody may make this one device node (Linux ≥ 5.8).</summary>
    public static Errno TryMakeWhiteout(FileDescriptor folder, ReadOnlySpan<byte> name) => TryMakeNode(folder, name, FileModes.S_IFCHR);

    public static Errno TryMakeSymbolicLink(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target) =>
        Answer(Libc.symlinkat(target, folder, One(name)));

    /// <summary>Gives a file a second name; a symbolic link is itself given one.</summary>
    public static Errno TryLink(FileDescriptor fromFolder, ReadOnlySpan<byte> fromName, FileDescriptor folder, ReadOnlySpan<byte> name) =>
        Answer(Libc.linkat(fromFolder, One(fromName), folder, One(name), 0));

    /// <exception cref="SyscallException">EPERM: needs CAP_CHOWN.</exception>
    public static void ChangeOwner(FileDescriptor folder, ReadOnlySpan<byte> name, uint uid, uint gid) =>
        Check(Libc.fchownat(folder, One(name), uid, gid, Libc.AT_SYMLINK_NOFOLLOW), "fchownat", name);

    /// <summary>
    /// Holds (O_PATH) the link, FIFO or device that the caller has just made, so that it gets its owner, mode and time by the descriptor:
    /// where a container shares the folder, its processes may have put another file at the name, one of the host's or of another's.
    /// So it must be of the type that was made, the same device, and have no other name.
    /// </summary>
    /// <param name="type">S_IFLNK, S_IFIFO, S_IFBLK or S_IFCHR.</param>
    /// <param name="major">Of a device: which.</param>
    /// <param name="minor">Of a device: which.</param>
    /// <exception cref="MiniRunException">It is something else by now.</exception>
    public static FileDescriptor HoldNew(FileDescriptor folder, ReadOnlySpan<byte> name, uint type, uint major = 0, uint minor = 0)
    {
        FileDescriptor? handle = TryOpen(folder, name, OpenFlags.O_PATH, out Errno error);
        if (handle is null)
        {
            throw error == Errno.ENOENT ? Replaced(name) : new SyscallException("openat", Shown(name), error);
        }

        try
        {
            FileStatus status = FileStatus.Of(handle, Shown(name));
            bool isDevice = type is FileModes.S_IFBLK or FileModes.S_IFCHR;
            bool isMade = status.Type == type && status.Links == 1 && (!isDevice || (status.NodeMajor == major && status.NodeMinor == minor));
            return isMade ? handle : throw Replaced(name);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Sets the time of last change; the time of last access stays.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe void SetModified(FileDescriptor folder, ReadOnlySpan<byte> name, FileTime modified)
    {
        timespec* times = stackalloc timespec[2];
        times[0].tv_nsec = Libc.UTIME_OMIT;
        times[1] = new timespec { tv_sec = modified.Seconds, tv_nsec = modified.Nanoseconds };
        Check(Libc.utimensat(folder, One(name), times, Libc.AT_SYMLINK_NOFOLLOW), "utimensat", name);
    }

    /// <summary>What a symbolic link says; of one that is open itself (O_PATH), by an empty name.</summary>
    /// <exception cref="SyscallException">EINVAL: it is none.</exception>
    public static unsafe byte[] ReadLink(FileDescriptor folder, ReadOnlySpan<byte> name)
    {
        Span<byte> target = stackalloc byte[4096];
        fixed (byte* start = target)
        {
            nint length = Check(Libc.readlinkat(folder, One(name), start, (nuint)target.Length), "readlinkat", name);
            return target[..(int)length].ToArray();
        }
    }

    /// <summary>A name for a message, whatever bytes it has.</summary>
    public static string Shown(ReadOnlySpan<byte> name) => OneLine.Of(Encoding.UTF8.GetString(name));

    /// <summary>The name itself, where it is one component: the kernel follows links in all but the last.</summary>
    /// <exception cref="MiniRunException">It has a "/", which no name of a folder's has.</exception>
    internal static ReadOnlySpan<byte> One(ReadOnlySpan<byte> name) => name.Contains((byte)'/')
        ? throw new MiniRunException($"'{Shown(name)}' is a path, where the name of a file was expected; links in it could lead anywhere")
        : name;

    private static MiniRunException Replaced(ReadOnlySpan<byte> name) => new($"'{Shown(name)}' was replaced while it was made; stop what writes to its folder first");

    private static Errno Answer(int result) => result == -1 ? KernelCall.LastError : 0;

    private static nint Check(nint result, string call, ReadOnlySpan<byte> name)
    {
        if (result == -1)
        {
            Errno error = KernelCall.LastError;
            throw new SyscallException(call, Shown(name), error);
        }

        return result;
    }

    /// <summary>glibc's makedev: the kernel's dev_t for user space, of 32 and 32 bits interleaved.</summary>
    private static ulong DeviceNumber(uint major, uint minor) =>
        ((major & 0xfffff000UL) << 32) | ((major & 0xfffUL) << 8) | ((minor & 0xffffff00UL) << 12) | (minor & 0xffUL);
}
