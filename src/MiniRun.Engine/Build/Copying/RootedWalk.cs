using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>
/// Follows a path inside a root one component at a time, by descriptors. Links are followed by this program and not by the
/// kernel: an absolute one begins at the root again, and ".." stops there, so that nothing outside is reached, whatever an
/// image or a context has put on the way (CVE-2024-1753, CVE-2026-55686). Missing folders can be made on the way.
/// </summary>
public sealed class RootedWalk : IDisposable
{
    // As many as the kernel follows (MAXSYMLINKS).
    private const int MostLinks = 40;

    private readonly List<(FileDescriptor Folder, byte[] Name)> _way = [];
    private readonly Stack<byte[]> _rest = new();
    private readonly MissingFolders? _missing;
    private readonly string _subject;
    private int _links;

    private RootedWalk(FileDescriptor root, string path, MissingFolders? missing)
    {
        _way.Add((HostFile.OpenAt(root, ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY), []));
        _missing = missing;
        _subject = path;
        Push(Encoding.UTF8.GetBytes(path));
    }

    private FileDescriptor Current => _way[^1].Folder;

    /// <summary>Follows a path to its end, at which there may be nothing.</summary>
    /// <exception cref="MiniRunException">Something on the way is missing or no folder, or there are too many links.</exception>
    public static Place Follow(FileDescriptor root, string path, MissingFolders? missing = null)
    {
        using RootedWalk walk = new(root, path, missing);
        while (walk._rest.TryPop(out byte[]? component))
        {
            if (walk.Step(component) is { } place)
            {
                return place;
            }
        }

        return new Place(walk.Take(), null, walk.PathTo([]), FileStatus.Of(walk.Current, path));
    }

    /// <summary>Follows a path that must lead to a folder, which is made where it is missing.</summary>
    /// <exception cref="MiniRunException">See <see cref="Follow"/>.</exception>
    public static Place MakeFolder(FileDescriptor root, string path, MissingFolders missing)
    {
        Place place = Follow(root, path, missing);
        if (place.IsFolder)
        {
            return place;
        }

        using (place)
        {
            return place.Existing is null
                ? new Place(Make(place.Folder, place.Name!, missing, path), null, place.Path, null)
                : throw new SyscallException("mkdir", path, Errno.ENOTDIR);
        }
    }

    public void Dispose()
    {
        foreach ((FileDescriptor folder, _) in _way)
        {
            folder.Dispose();
        }
    }

    /// <summary>Goes one component on; answers with a place where that is the path's end and no folder.</summary>
    private Place? Step(byte[] component)
    {
        if (component.AsSpan().SequenceEqual(".."u8))
        {
            Leave();
            return null;
        }

        FileStatus? status = FileStatus.OfEntry(Current, component);
        switch (status)
        {
            case { IsSymbolicLink: true }:
                FollowLink(component);
                return null;
            case { IsDirectory: true }:
                Enter(component);
                return null;
            case null when _rest.Count > 0 && _missing is not null:
                _way.Add((Make(Current, component, _missing, _subject), component));
                return null;
            case var _ when _rest.Count == 0:
                return new Place(Take(), component, PathTo(component), status);
            default:
                throw new SyscallException("openat", _subject, status is null ? Errno.ENOENT : Errno.ENOTDIR);
        }
    }

    private void FollowLink(byte[] name)
    {
        if (++_links > MostLinks)
        {
            throw new SyscallException("openat", _subject, Errno.ELOOP);
        }

        byte[] target = FolderEntry.ReadLink(Current, name);
        while (target.AsSpan().StartsWith("/"u8) && _way.Count > 1)
        {
            Leave();
        }

        Push(target);
    }

    private void Enter(byte[] name)
    {
        FileDescriptor? folder = FolderEntry.TryOpen(Current, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error);
        _way.Add((folder ?? throw new SyscallException("openat", _subject, error), name));
    }

    private void Leave()
    {
        if (_way.Count > 1)
        {
            Current.Dispose();
            _way.RemoveAt(_way.Count - 1);
        }
    }

    private static FileDescriptor Make(FileDescriptor folder, byte[] name, MissingFolders missing, string subject)
    {
        Errno error = FolderEntry.TryMakeFolder(folder, name, missing.Mode);
        if (error != 0)
        {
            throw new SyscallException("mkdir", subject, error);
        }

        FileDescriptor made = FolderEntry.TryOpen(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out error) ?? throw new SyscallException("openat", subject, error);
        FileMetadata.ChangeOwner(made, missing.Uid, missing.Gid, subject);
        FileMetadata.ChangeMode(made, missing.Mode, subject); // whatever the umask took away
        return made;
    }

    /// <summary>The components of a path, so that the first of them is taken next.</summary>
    private void Push(ReadOnlySpan<byte> path)
    {
        for (int end = path.Length; end > 0;)
        {
            int slash = path[..end].LastIndexOf((byte)'/');
            ReadOnlySpan<byte> component = path[(slash + 1)..end];
            end = slash;
            if (!component.IsEmpty && !component.SequenceEqual("."u8))
            {
                _rest.Push(component.ToArray());
            }
        }
    }

    private FileDescriptor Take() => Current.Duplicate();

    private string PathTo(byte[] last)
    {
        var path = new StringBuilder();
        foreach ((_, byte[] name) in _way)
        {
            path.Append(path.Length > 0 ? "/" : "").Append(Encoding.UTF8.GetString(name));
        }

        return (last.Length == 0 ? path : path.Append(path.Length > 0 ? "/" : "").Append(Encoding.UTF8.GetString(last))).ToString();
    }
}
