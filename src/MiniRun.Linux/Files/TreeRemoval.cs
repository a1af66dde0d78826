using System.Buffers.Binary;
using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// Removes a folder with all in it, by descriptors: no link is followed, no mount is entered, and depth costs neither stack
/// nor descriptors (one directory is open at a time; the way up is ".." checked against what was left).
/// </summary>
public sealed unsafe class TreeRemoval : IDisposable
{
    private readonly byte[] _entries = new byte[16384];
    private readonly Stack<Parent> _parents = new();
    private readonly string _subject;
    private FileDescriptor _current;

    private TreeRemoval(FileDescriptor parent, string name)
    {
        _subject = name;
        _current = parent.Duplicate();
    }

    /// <summary>Removes what has this name in a directory: a file, a link, or a whole tree. False where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    /// <exception cref="MiniRunException">A mount lies inside; it is left alone, with what is above it.</exception>
    public static bool Remove(FileDescriptor parent, string name) => Remove(parent, Encoding.UTF8.GetBytes(name));

    /// <summary>The same for a name that is bytes: one component, of whatever encoding.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    /// <exception cref="MiniRunException">A mount lies inside.</exception>
    public static bool Remove(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        using TreeRemoval removal = new(parent, FolderEntry.Shown(name));
        byte[] terminated = [.. FolderEntry.One(name), 0];
        fixed (byte* start = terminated)
        {
            if (!removal.UnlinkOrEnter(start))
            {
                return false;
            }
        }

        while (removal._parents.Count > 0)
        {
            removal.ClearOrLeave();
        }

        return true;
    }

    /// <summary>Removes what lies at a path; see <see cref="Remove(FileDescriptor, string)"/>.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    /// <exception cref="MiniRunException">A mount lies inside.</exception>
    public static bool Remove(string path)
    {
        string trimmed = path.TrimEnd('/');
        int slash = trimmed.LastIndexOf('/');
        string folder = slash < 0 ? "." : trimmed[..(slash + 1)];
        using FileDescriptor? parent = HostFile.TryOpen(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error);
        if (parent is null)
        {
            return error is Errno.ENOENT ? false : throw new SyscallException("openat", folder, error);
        }

        return Remove(parent, trimmed[(slash + 1)..]);
    }

    public void Dispose() => _current.Dispose();

    /// <summary>Unlinks a file or goes down into a folder; false where nothing is there.</summary>
    private bool UnlinkOrEnter(byte* name)
    {
        if (Libc.unlinkat(_current, name, 0) == 0)
        {
            return true;
        }

        Errno error = KernelCall.LastError;
        if (error == Errno.ENOENT)
        {
            return false;
        }

        // EISDIR says folder; some file systems say EPERM for folders and for immutable files alike, so opening decides.
        if (error is not (Errno.EISDIR or Errno.EPERM))
        {
            throw new SyscallException("unlink", Shown(name), error);
        }

        Enter(name);
        return true;
    }

    private void Enter(byte* name)
    {
        FileDescriptor? child = TryOpenFolder(name);
        if (child is null)
        {
            return;
        }

        FileStatus above = FileStatus.Of(_current, _subject);
        FileStatus below = FileStatus.Of(child, _subject);
        if (below.IsMountRoot || below.MountId != above.MountId)
        {
            child.Dispose();
            throw new MiniRunException($"remove {Shown(name)}: a file system is mounted there; unmount it first");
        }

        _parents.Push(new Parent(NameBytes(name), above.DeviceMajor, above.DeviceMinor, above.Inode));
        _current.Dispose();
        _current = child;
    }

    /// <summary>Works on the folder at hand until it is empty and left, or a folder in it is entered.</summary>
    private void ClearOrLeave()
    {
        int depth = _parents.Count;
        // The position is reset each time: after a folder below was removed, reading goes on with what is left.
        KernelCall.Check(Libc.lseek(_current, 0, Libc.SEEK_SET), "lseek", _subject);
        while (true)
        {
            int filled = ReadEntries();
            if (filled == 0)
            {
                Leave();
                return;
            }

            fixed (byte* start = _entries)
            {
                for (int at = 0; at < filled; at += BinaryPrimitives.ReadUInt16LittleEndian(_entries.AsSpan(at + Libc.DirentLengthOffset)))
                {
                    byte* name = start + at + Libc.DirentNameOffset;
                    if (IsDot(name))
                    {
                        continue;
                    }

                    UnlinkOrEnter(name);
                    if (_parents.Count != depth)
                    {
                        return;
                    }
                }
            }
        }
    }

    private int ReadEntries()
    {
        nint result;
        fixed (byte* start = _entries)
        {
            result = Libc.getdents64(_current, start, (nuint)_entries.Length);
        }

        // ENOENT: somebody else has removed this very folder, which is what is wanted.
        return result == -1 && KernelCall.LastError == Errno.ENOENT ? 0 : (int)KernelCall.Check(result, "getdents64", _subject);
    }

    private void Leave()
    {
        Parent parent = _parents.Pop();
        FileDescriptor above = HostFile.OpenAt(_current, "..", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
        FileStatus status = FileStatus.Of(above, _subject);
        if (status.Inode != parent.Inode || status.DeviceMajor != parent.DeviceMajor || status.DeviceMinor != parent.DeviceMinor)
        {
            above.Dispose();
            throw new MiniRunException($"remove {_subject}: a folder in it was moved while it was removed; try again");
        }

        _current.Dispose();
        _current = above;
        fixed (byte* name = parent.Name)
        {
            if (Libc.unlinkat(_current, name, Libc.AT_REMOVEDIR) == -1 && KernelCall.LastError is not Errno.ENOENT)
            {
                throw new SyscallException("rmdir", Shown(name), KernelCall.LastError);
            }
        }
    }

    /// <summary>Null where somebody else has removed it meanwhile.</summary>
    private FileDescriptor? TryOpenFolder(byte* name)
    {
        int flags = OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;
        int result = Libc.openat(_current, name, flags, 0);
        if (result == -1 && KernelCall.LastError == Errno.EACCES)
        {
            // An owner without root: a folder made unreadable from inside can still be made readable, by descriptor.
            int path = Libc.openat(_current, name, flags | OpenFlags.O_PATH, 0);
            using FileDescriptor handle = KernelCall.CheckDescriptor(path, "openat", Shown(name));
            Libc.chmod(handle.ProcPath(), 0x1c0);
            result = Libc.openat(_current, name, flags, 0);
        }

        if (result == -1)
        {
            Errno error = KernelCall.LastError;
            return error == Errno.ENOENT ? null : throw new SyscallException("openat", Shown(name), error);
        }

        return FileDescriptor.Adopt(result);
    }

    private string Shown(byte* name) => _parents.Count == 0 ? _subject : $"{_subject}/…/{Encoding.UTF8.GetString(NameBytes(name)[..^1])}";

    private static byte[] NameBytes(byte* name)
    {
        int length = 0;
        while (name[length] != 0)
        {
            length++;
        }

        return new ReadOnlySpan<byte>(name, length + 1).ToArray();
    }

    private static bool IsDot(byte* name) => name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));

    /// <summary>The folder above, and the name in it (with its NUL) of the folder that was entered.</summary>
    private readonly record struct Parent(byte[] Name, uint DeviceMajor, uint DeviceMinor, ulong Inode);
}
