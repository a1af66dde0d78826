using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Copies;

/// <summary>
/// Looks paths up: those of a container below the descriptor of its root and by <see cref="RootedPath"/> alone, those of the host as
/// their owner, who runs minirun, means them. The last component is held as it is, so that a link can be copied as one.
/// </summary>
internal sealed class PathFinder
{
    // As many as docker follows at the end of a destination.
    private const int MostLinks = 10;
    private const int HeldFolder = OpenFlags.O_PATH;

    private readonly FileDescriptor? _root;

    private PathFinder(FileDescriptor? root)
    {
        _root = root;
    }

    /// <summary>Paths of the host.</summary>
    internal static PathFinder OfHost { get; } = new(null);

    /// <summary>Paths below a container's root.</summary>
    internal static PathFinder Below(FileDescriptor root) => new(root);

    /// <summary>Looks one up.</summary>
    /// <param name="path">Absolute and clean, with the end it was written with.</param>
    /// <param name="follow">Whether a link at its end is followed; one that is said to be a folder always is.</param>
    /// <exception cref="MiniRunException">What is said to be a folder is none, there are too many links, or a kernel call failed.</exception>
    internal FoundPath Find(string path, bool follow)
    {
        bool asserted = CopyPath.AssertsFolder(path);
        string clean = CopyPath.Clean(path);
        (string folder, string name) = clean == "/" ? ("/", "") : (CopyPath.Folder(clean), CopyPath.Base(clean));
        for (int links = 0; ; links++)
        {
            string found = name.Length == 0 ? folder : $"{folder.TrimEnd('/')}/{name}{(asserted ? "/" : "")}";
            FileDescriptor? above = TryOpenFolder(folder, out Errno error);
            if (above is null)
            {
                return new FoundPath { Path = found, Error = error is Errno.ENOENT or Errno.ENOTDIR ? error : throw new SyscallException("openat2", folder, error) };
            }

            FileDescriptor? handle = name.Length == 0 ? above.Duplicate() : FolderEntry.TryOpen(above, Encoding.UTF8.GetBytes(name), OpenFlags.O_PATH, out error);
            if (handle is null)
            {
                return error == Errno.ENOENT ? new FoundPath { Path = found, Folder = above } : throw new SyscallException("openat", found, error);
            }

            FileStatus status = FileStatus.Of(handle, found);
            if (!status.IsSymbolicLink || !(follow || asserted))
            {
                return !asserted || status.IsDirectory
                    ? new FoundPath { Path = found, Folder = above, Handle = handle, Status = status }
                    : throw new MiniRunException($"{path}: not a directory");
            }

            using (handle)
            using (above)
            {
                (folder, name) = Next(folder, FolderEntry.ReadLink(handle, []));
            }

            if (links == MostLinks)
            {
                throw new MiniRunException($"too many symlinks in {path}");
            }
        }
    }

    /// <summary>Where a link leads: not made clean, as ".." behind a link to a folder is the kernel's to resolve.</summary>
    private static (string Folder, string Name) Next(string folder, byte[] link)
    {
        string target = Encoding.UTF8.GetString(link);
        string whole = (target.StartsWith('/') ? target : $"{folder.TrimEnd('/')}/{target}").TrimEnd('/');
        int slash = whole.LastIndexOf('/');
        string name = whole[(slash + 1)..];
        return name is "" or "." or ".." ? (whole.Length == 0 ? "/" : whole, "") : (slash == 0 ? "/" : whole[..slash], name);
    }

    private FileDescriptor? TryOpenFolder(string path, out Errno error)
    {
        if (_root is null)
        {
            return HostFile.TryOpen(path, HeldFolder | OpenFlags.O_DIRECTORY, out error);
        }

#if MINIRUN_FAULTS
        if (Runtime.Launch.Weakening.Lacks("rooted-paths"))
        {
            return HostFile.TryOpenAt(_root, $"./{path.TrimStart('/')}", HeldFolder | OpenFlags.O_DIRECTORY, 0, out error);
        }
#endif
        return RootedPath.TryOpen(_root, path, HeldFolder | OpenFlags.O_DIRECTORY, out error);
    }
}
