using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Layers;

/// <summary>
/// The open folders from the layer's root down to the one that is being filled. A path is walked component by component,
/// each opened below the last one and never through a link, so nothing outside can be reached; entries come sorted by
/// folder, so most find theirs open already.
/// </summary>
internal sealed class FolderStack : IDisposable
{
    /// <summary>Mode of a folder while it is filled: 0700.</summary>
    public const uint FolderMode = 0x1c0;

    /// <summary>Deeper than any image goes, and each level holds a descriptor.</summary>
    private const int MaxDepth = 256;

    private readonly List<OpenFolder> _open = [];
    private readonly ILayerTarget _target;
    private byte[] _path = new byte[256];

    public FolderStack(FileDescriptor root, ILayerTarget target)
    {
        _target = target;
        _open.Add(Reopened(HostFile.OpenAt(root, ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY), 0, hidden: null));

        // The root's time is the layer's business only where the layer says one.
        _open[0].Modified = null;
    }

    /// <summary>The folder entered last.</summary>
    public OpenFolder Current => _open[^1];

    /// <summary>Goes to a folder, making what is missing on the way.</summary>
    /// <exception cref="MiniRunException">Something on the way is no folder and may not be replaced by one.</exception>
    public void Enter(ReadOnlySpan<byte> path)
    {
        LeaveUntilAbove(path);
        while (Current.PathLength < path.Length)
        {
            int start = Current.PathLength == 0 ? 0 : Current.PathLength + 1;
            int slash = path[start..].IndexOf((byte)'/');
            int end = slash < 0 ? path.Length : start + slash;
            EnterChild(path[start..end], path[..end]);
        }
    }

    /// <summary>Goes into a folder in the current one that has just been made, or that was there.</summary>
    /// <exception cref="MiniRunException">It is nested too deep.</exception>
    public void Push(ReadOnlySpan<byte> name, ReadOnlySpan<byte> path, bool wasThere)
    {
        FileDescriptor? folder = TryOpen(name, out Errno error, out uint? hidden);
        if (folder is null)
        {
            throw new SyscallException("openat", FolderEntry.Shown(path), error);
        }

        Push(folder, path, wasThere, hidden);
    }

    /// <summary>Opens a folder for finding something in it: nothing is made, and no link is followed.</summary>
    /// <exception cref="MiniRunException">There is none.</exception>
    public FileDescriptor OpenBelow(ReadOnlySpan<byte> path, string subject)
    {
        FileDescriptor at = _open[0].Descriptor.Duplicate();
        for (ReadOnlySpan<byte> rest = path; !rest.IsEmpty;)
        {
            int slash = rest.IndexOf((byte)'/');
            using FileDescriptor above = at;
            at = FolderEntry.TryOpen(above, slash < 0 ? rest : rest[..slash], OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, out _)
                ?? throw new MiniRunException($"{subject}: the layer has no folder '{FolderEntry.Shown(path)}'");
            rest = slash < 0 ? [] : rest[(slash + 1)..];
        }

        return at;
    }

    /// <summary>Leaves all folders, which sets their modes and times.</summary>
    public void Finish() => LeaveDownTo(0);

    public void Dispose()
    {
        foreach (OpenFolder folder in _open)
        {
            folder.Dispose();
        }
    }

    private void EnterChild(ReadOnlySpan<byte> name, ReadOnlySpan<byte> path)
    {
        FileDescriptor? folder = TryOpen(name, out Errno error, out uint? hidden);
        if (folder is not null)
        {
            Push(folder, path, wasThere: true, hidden);
            return;
        }

        bool opaque = error != Errno.ENOENT && _target.ReplaceOnTheWay(Current.Descriptor, name, path, error);
        error = FolderEntry.TryMakeFolder(Current.Descriptor, name, FolderMode);
        if (error != 0)
        {
            throw new SyscallException("mkdir", FolderEntry.Shown(path), error);
        }

        // As docker makes what a layer leaves out.
        Push(name, path, wasThere: false);
        Current.Mode = 0x1ed;
        if (opaque)
        {
            _target.MakeOpaque(Current.Descriptor, path);
        }
    }

    /// <summary>Opens a folder in the current one; hidden is the mode of one that had to be made readable for it.</summary>
    private FileDescriptor? TryOpen(ReadOnlySpan<byte> name, out Errno error, out uint? hidden)
    {
        hidden = null;
        FileDescriptor? folder = FolderEntry.TryOpen(Current.Descriptor, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out error);
        if (error != Errno.EACCES)
        {
            return folder;
        }

        // Without root, a folder that a layer has made unreadable can still be opened by its owner.
        using FileDescriptor? handle = FolderEntry.TryOpen(Current.Descriptor, name, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, out _);
        if (handle is null)
        {
            return null;
        }

        hidden = FileStatus.Of(handle, FolderEntry.Shown(name)).Mode & FileModes.PermissionBits;
        FileMetadata.ChangeModeOfHandle(handle, FolderMode, FolderEntry.Shown(name));
        return FolderEntry.TryOpen(Current.Descriptor, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out error);
    }

    private void Push(FileDescriptor folder, ReadOnlySpan<byte> path, bool wasThere, uint? hidden)
    {
        if (_open.Count > MaxDepth)
        {
            folder.Dispose();
            throw new MiniRunException($"'{FolderEntry.Shown(path)}' is nested more than {MaxDepth} folders deep");
        }

        if (path.Length > _path.Length)
        {
            Array.Resize(ref _path, Math.Max(path.Length, _path.Length * 2));
        }

        path.CopyTo(_path);
        _open.Add(wasThere ? Reopened(folder, path.Length, hidden) : new OpenFolder(folder, path.Length));
        _target.Has(path);
    }

    /// <summary>A folder that was there keeps its time, and its mode too where that must be widened to fill it.</summary>
    private static OpenFolder Reopened(FileDescriptor folder, int pathLength, uint? hidden)
    {
        FileStatus status = FileStatus.Of(folder, "a folder of the layer");
        uint mode = hidden ?? status.Mode & FileModes.PermissionBits;
        bool narrow = (mode & FolderMode) != FolderMode && status.Uid == CurrentProcess.EffectiveUid;
        if (narrow && hidden is null)
        {
            FileMetadata.ChangeMode(folder, mode | FolderMode, "a folder of the layer");
        }

        return new OpenFolder(folder, pathLength) { Mode = narrow ? mode : null, Modified = status.Modified, GivesGroup = (mode & FileModes.S_ISGID) != 0 };
    }

    private void LeaveUntilAbove(ReadOnlySpan<byte> path)
    {
        int keep = _open.Count;
        while (keep > 1 && !IsWithin(path, _path.AsSpan(0, _open[keep - 1].PathLength)))
        {
            keep--;
        }

        LeaveDownTo(keep);
    }

    private static bool IsWithin(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder) =>
        path.StartsWith(folder) && (path.Length == folder.Length || path[folder.Length] == '/');

    private void LeaveDownTo(int keep)
    {
        while (_open.Count > keep)
        {
            using OpenFolder last = Current;
            _open.RemoveAt(_open.Count - 1);
            last.Finish(last.PathLength == 0 ? "the layer's root" : FolderEntry.Shown(_path.AsSpan(0, last.PathLength)));
        }
    }
}
