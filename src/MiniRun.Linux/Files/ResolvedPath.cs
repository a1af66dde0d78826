using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// Paths of the host whose links are resolved once and that are opened again later. Who may write to a folder on the way can put a link
/// there meanwhile (a container into a folder it shares), so the later opening follows none: openat2 with RESOLVE_NO_SYMLINKS.
/// </summary>
public static class ResolvedPath
{
    private const string Procfs = "/proc/";

    /// <summary>Where a path leads now: the same without links. What is missing is named below the deepest folder that is there.</summary>
    /// <param name="path">Absolute, without "..".</param>
    /// <exception cref="SyscallException">ELOOP: its links lead nowhere; EACCES: it is not the caller's to see.</exception>
    /// <exception cref="MiniRunException">What is there has no path.</exception>
    public static string Of(string path)
    {
        using FileDescriptor? file = TryOpen(path, resolve: 0, out Errno error);
        (string parent, string name) = Split(path);
        if (file is null)
        {
            return error is Errno.ENOENT or Errno.ENOTDIR && name.Length > 0 ? Joined(Of(parent), name) : throw new SyscallException("openat2", path, error);
        }

        if (HostDirectory.PathOf(file) is { } found && IsAt(found, file, path))
        {
            return found;
        }

        // A namespace, a deleted file: reached by a link of procfs's only. Not by one of a user's that leads there, which can be led elsewhere.
        return IsLinkOfProcfs(path) ? path
            : IsLinkOfProcfs(Joined(Of(parent), name)) ? Joined(Of(parent), name)
            : throw new MiniRunException($"cannot mount {path}: what is there has no path of its own: name its entry in /proc itself");
    }

    /// <summary>Opens one (O_PATH) without following links, but for procfs's own (/proc/self/ns/net), which nobody else can make.</summary>
    /// <exception cref="LinkedPathException">A link has appeared on the way.</exception>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Open(string path) => TryOpen(path, out Errno error) ?? throw new SyscallException("openat2", path, error);

    /// <summary>The same, or says why not.</summary>
    /// <exception cref="LinkedPathException">A link has appeared on the way.</exception>
    public static FileDescriptor? TryOpen(string path, out Errno error)
    {
        FileDescriptor? file = TryOpen(path, ResolveFlags.RESOLVE_NO_SYMLINKS, out error);
        if (error != Errno.ELOOP)
        {
            return file;
        }

        return IsLinkOfProcfs(path) ? TryOpen(path, resolve: 0, out error) : throw new LinkedPathException(path, LinkOn(path));
    }

    /// <summary>Makes a folder, and what is missing above it, through no link.</summary>
    /// <exception cref="LinkedPathException">A link is on the way.</exception>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Make(string path, uint mode)
    {
        FileDescriptor folder = HostFile.Open("/", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        try
        {
            foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                FileDescriptor next = OpenOrMake(folder, name, mode, path);
                folder.Dispose();
                folder = next;
            }
        }
        finally
        {
            folder.Dispose();
        }
    }

    private static FileDescriptor OpenOrMake(FileDescriptor folder, string name, uint mode, string path)
    {
        int asFolder = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
        FileDescriptor? opened = TryOpenAt(folder, name, asFolder, ResolveFlags.RESOLVE_NO_SYMLINKS, out Errno error);
        if (error == Errno.ENOENT)
        {
            Errno refused = Libc.mkdirat(folder, name, mode) == 0 ? 0 : KernelCall.LastError;
            if (refused is not (0 or Errno.EEXIST))
            {
                throw new SyscallException("mkdir", path, refused);
            }

            opened = TryOpenAt(folder, name, asFolder, ResolveFlags.RESOLVE_NO_SYMLINKS, out error); // whatever stands there now, whoever made it
        }

        return opened ?? (error == Errno.ELOOP ? throw new LinkedPathException(path, LinkOn(path)) : throw new SyscallException("mkdir", path, error));
    }

    /// <summary>As a folder first: only so an automounter mounts what belongs there, as it does for a clone by path.</summary>
    private static FileDescriptor? TryOpen(string path, ulong resolve, out Errno error)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return TryOpenAt(start, path, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, resolve, out error)
            ?? (error == Errno.ENOTDIR ? TryOpenAt(start, path, OpenFlags.O_PATH, resolve, out error) : null);
    }

    private static unsafe FileDescriptor? TryOpenAt(FileDescriptor start, string path, int flags, ulong resolve, out Errno error)
    {
        open_how how = new() { flags = (uint)(flags | OpenFlags.O_CLOEXEC), resolve = resolve };
        nint result;
        do
        {
            result = Libc.openat2(start, path, &how);
        }
        while (KernelCall.Interrupted(result));

        error = result == -1 ? KernelCall.LastError : 0;
        return result == -1 ? null : FileDescriptor.Adopt((int)result);
    }

    /// <summary>Whether a path that procfs told of a file leads to it: of one that is deleted, or no file at all, it tells something else.</summary>
    private static bool IsAt(string found, FileDescriptor file, string path)
    {
        if (!found.StartsWith('/'))
        {
            return false;
        }

        using FileDescriptor? again = TryOpen(found, ResolveFlags.RESOLVE_NO_SYMLINKS, out _);
        if (again is null)
        {
            return false;
        }

        FileStatus one = FileStatus.Of(file, path);
        FileStatus other = FileStatus.Of(again, found);
        return (one.Inode, one.MountId, one.DeviceMajor, one.DeviceMinor) == (other.Inode, other.MountId, other.DeviceMajor, other.DeviceMinor);
    }

    private static bool IsLinkOfProcfs(string path)
    {
        (string parent, string name) = Split(path);
        if (!path.StartsWith(Procfs, StringComparison.Ordinal) || name.Length == 0)
        {
            return false;
        }

        // "/proc/self" is a link too, but one that stays in procfs; "/proc/1/root" is a magic one, behind which others' folders are.
        using FileDescriptor procfs = HostFile.Open(Procfs, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        string below = parent.Length > Procfs.Length ? parent[Procfs.Length..] : ".";
        using FileDescriptor? folder = TryOpenAt(
            procfs,
            below,
            OpenFlags.O_PATH | OpenFlags.O_DIRECTORY,
            ResolveFlags.RESOLVE_BENEATH | ResolveFlags.RESOLVE_NO_MAGICLINKS | ResolveFlags.RESOLVE_NO_XDEV,
            out _);
        return folder is not null;
    }

    /// <summary>The first link on the way; the path itself where it is gone again.</summary>
    private static string LinkOn(string path)
    {
        for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (FileStatus.OfLink(path[..slash]) is { IsSymbolicLink: true })
            {
                return path[..slash];
            }
        }

        return path;
    }

    /// <summary>The name is "" for "/".</summary>
    private static (string Parent, string Name) Split(string path)
    {
        string trimmed = path.TrimEnd('/');
        int slash = trimmed.LastIndexOf('/');
        return slash < 0 ? ("/", "") : (slash == 0 ? "/" : trimmed[..slash], trimmed[(slash + 1)..]);
    }

    private static string Joined(string parent, string name) => parent == "/" ? $"/{name}" : $"{parent}/{name}";
}
