using System.Text;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;

namespace MiniRun.Engine.Snapshots;

/// <summary>`minirun diff`: what a container has changed of its image, read from the upper folder of its overlay, whether it runs or not.</summary>
public sealed class DiffContainer(ContainerStore containers)
{
    private const int MaxDepth = 256;

    // Where every container has something mounted, minirun makes what the image lacks; docker has these in a layer of their own, so they are no change.
    private static readonly string[] s_mountPoints = ["/dev", "/proc", "/sys", "/dev/pts", "/dev/shm", "/dev/mqueue", "/dev/console", "/sbin/docker-init", .. HostsFiles.Names.Select(static name => $"/etc/{name}")];

    /// <summary>All changes, folders before what is in them.</summary>
    /// <exception cref="MiniRunException">There is no such container, or it lies on a copy of its image.</exception>
    public IReadOnlyList<FileChange> Diff(string reference)
    {
        ContainerId id = containers.Find(reference);
        ContainerFiles files = ContainerFiles.Of(containers, id);
        if (files.Upper is not { } path)
        {
            throw new MiniRunException($"diff is not available for {reference}: it lies on a copy of its image, which does not say what has changed");
        }

        using FileDescriptor upper = HostFile.OpenDirectory(path);
        using MergedFolder layers = Open(files.Layers);
        List<FileChange> changes = [];
        Walk(new Level(upper, layers, "", 0), files, changes);
        return changes;
    }

    private static MergedFolder Open(IReadOnlyList<string> layers)
    {
        List<FileDescriptor> opened = [];
        MergedFolder merged = new(opened);
        try
        {
            foreach (string layer in layers)
            {
                opened.Add(HostFile.OpenDirectory(layer));
            }

            return merged;
        }
        catch
        {
            merged.Dispose();
            throw;
        }
    }

    /// <summary>Adds a folder's changes; says whether one of minirun's own mount points is all that is new in it.</summary>
    private static bool Walk(Level level, ContainerFiles files, List<FileChange> changes)
    {
        if (level.Depth > MaxDepth)
        {
            throw new MiniRunException($"'{level.Path}' is nested more than {MaxDepth} folders deep");
        }

        bool mountPoints = false;
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<byte[]> names = [.. HostDirectory.ListBytes(level.Upper, level.Path)];
        names.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        foreach (byte[] name in names)
        {
            seen.Add(Encoding.Latin1.GetString(name));
            mountPoints |= Visit(level, name, files, changes);
        }

        if (level.Below is not null && OverlayMarks.IsOpaque(level.Upper))
        {
            AddHidden(level, seen, changes);
        }

        return mountPoints;
    }

    private static bool Visit(Level level, byte[] name, ContainerFiles files, List<FileChange> changes)
    {
        string path = $"{level.Path}/{FolderEntry.Shown(name)}";

        // A running container may have removed it again.
        if (FileStatus.OfEntry(level.Upper, name) is not { } status)
        {
            return false;
        }

        // What an opaque folder hides is not the old version of what is in it now.
        bool hidden = level.Below is null || OverlayMarks.IsOpaque(level.Upper);
        FileDescriptor? file = null;
        FileStatus old = default;
        using MergedFolder? folder = hidden ? null : level.Below!.Find(name, out file, out old);
        bool known = folder is not null || file is not null;
        if (status.IsWhiteout)
        {
            if (known)
            {
                changes.Add(new FileChange(ChangeKind.Deleted, path));
            }

            return false;
        }

        if (!status.IsDirectory)
        {
            if (!known && status.Size == 0 && s_mountPoints.Contains(path))
            {
                return true;
            }

            changes.Add(new FileChange(known ? ChangeKind.Changed : ChangeKind.Added, path));
            return false;
        }

        return VisitFolder(level, name, path, new Pair(status, known, folder), files, changes);
    }

    private static bool VisitFolder(Level level, byte[] name, string path, Pair pair, ContainerFiles files, List<FileChange> changes)
    {
        using FileDescriptor? upper = FolderEntry.TryOpen(level.Upper, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error);
        if (upper is null)
        {
            return error is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP ? false : throw new SyscallException("openat", path, error);
        }

        int before = changes.Count;
        bool mountPoints = Walk(new Level(upper, pair.Folder, path, level.Depth + 1), files, changes);
        bool inside = changes.Count > before;
        if (!pair.Known)
        {
            bool own = !inside && (mountPoints || s_mountPoints.Contains(path));
            if (!own)
            {
                changes.Insert(before, new FileChange(ChangeKind.Added, path));
            }

            return own;
        }

        // A file that has become a folder is changed, whatever is in it; and as docker, a folder is when something in it is.
        if (inside || pair.Folder is null || Differs(pair.Status, pair.Folder.Status(), files, ignoresTime: mountPoints))
        {
            changes.Insert(before, new FileChange(ChangeKind.Changed, path));
        }

        return false;
    }

    private static bool Differs(FileStatus now, FileStatus old, ContainerFiles files, bool ignoresTime) =>
        now.Mode != old.Mode || files.UidInside(now.Uid) != old.Uid || files.GidInside(now.Gid) != old.Gid || (!ignoresTime && now.Modified != old.Modified);

    private static void AddHidden(Level level, HashSet<string> seen, List<FileChange> changes)
    {
        List<FileChange> deleted = [];
        foreach (byte[] name in level.Below!.Names())
        {
            if (!seen.Contains(Encoding.Latin1.GetString(name)))
            {
                deleted.Add(new FileChange(ChangeKind.Deleted, $"{level.Path}/{FolderEntry.Shown(name)}"));
            }
        }

        deleted.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        changes.AddRange(deleted);
    }

    /// <summary>A folder that the container has written in, and what its image has there; null where that has none.</summary>
    private readonly record struct Level(FileDescriptor Upper, MergedFolder? Below, string Path, int Depth);

    /// <summary>A folder of the container's, and what the image has at its path: nothing, a folder, or (without Folder) something else.</summary>
    private readonly record struct Pair(FileStatus Status, bool Known, MergedFolder? Folder);
}
