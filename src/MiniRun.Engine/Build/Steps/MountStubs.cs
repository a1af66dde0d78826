using MiniRun.Engine.Build.Copying;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>
/// Files and folders that exist only because something is mounted there while a RUN's program runs. They are no change of
/// the program's, so what was not there before and is still empty afterwards is taken away again.
/// </summary>
internal sealed class MountStubs
{
    private static readonly string[] s_targets =
    [
        "etc/hosts", "etc/hostname", "etc/resolv.conf", "dev", "proc", "sys",
    ];

    private readonly List<string> _missing = [];
    private readonly Dictionary<string, FileTime> _times = new(StringComparer.Ordinal);

    /// <summary>Notes what is not there yet.</summary>
    internal MountStubs(FileDescriptor root)
    {
        foreach (string target in s_targets)
        {
            if (StatusOf(root, target) is not null)
            {
                continue;
            }

            _missing.Add(target);
            string parent = ParentOf(target);
            if (StatusOf(root, parent) is { } status)
            {
                _times[parent] = status.Modified;
            }
            else if (!_missing.Contains(parent))
            {
                _missing.Add(parent);
            }
        }
    }

    /// <summary>Takes away what is still empty, in the folder that has the step's changes.</summary>
    internal void Remove(string upper)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(upper);
        foreach (string target in _missing)
        {
            // Paths of the upper folder; its "etc" may be a link that the program has put there.
            using FileDescriptor? parent = RootedPath.TryOpen(folder, ParentOf(target) is { Length: > 0 } above ? above : ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out _, resolve: ResolveFlags.RESOLVE_NO_SYMLINKS);
            if (parent is not null)
            {
                RemoveEmpty(parent, target[(target.LastIndexOf('/') + 1)..]);
            }
        }

        foreach ((string path, FileTime time) in _times)
        {
            using FileDescriptor? parent = RootedPath.TryOpen(folder, path.Length > 0 ? path : ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out _, resolve: ResolveFlags.RESOLVE_NO_SYMLINKS);
            if (parent is not null && HostDirectory.List(parent, path).Count == 0)
            {
                FileMetadata.SetModified(parent, time, path);
            }
        }
    }

    private static void RemoveEmpty(FileDescriptor parent, string name)
    {
        FileStatus? status = FileStatus.OfEntry(parent, name);
        if (status is { IsRegular: true, Size: 0 })
        {
            HostDirectory.RemoveFile(parent, name);
        }
        else if (status is { IsDirectory: true })
        {
            using FileDescriptor folder = HostFile.OpenAt(parent, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
            if (HostDirectory.List(folder, name).Count == 0)
            {
                HostDirectory.RemoveEmpty(parent, name);
            }
        }
    }

    private static FileStatus? StatusOf(FileDescriptor root, string path)
    {
        if (path.Length == 0)
        {
            return FileStatus.Of(root, "/");
        }

        try
        {
            using Place place = RootedWalk.Follow(root, path);
            return place.Existing;
        }
        catch (SyscallException missing) when (missing.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
            return null;
        }
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";
}
