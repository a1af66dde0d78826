using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Images.Store;

/// <summary>
/// A folder for what is not whole yet. It is locked as long as its maker lives, so that what a dead process left is told from
/// what a living one works on, and removed by the next that looks.
/// </summary>
public sealed class StagingFolder : IDisposable
{
    private const string Prefix = "work-";
    private readonly FileLock _alive;
    private bool _moved;

    private StagingFolder(string path, FileLock alive)
    {
        Path = path;
        _alive = alive;
    }

    public string Path { get; }

    /// <summary>Makes one in a folder that is made where it is missing.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static StagingFolder Make(string parent)
    {
        HostDirectory.MakeAll(parent);
        using FileDescriptor above = HostFile.OpenDirectory(parent);
        while (true)
        {
            string name = $"{Prefix}{Guid.NewGuid():n}";
            HostDirectory.MakeAt(above, name);
            if (TryLock(above, name) is { } alive)
            {
                return new StagingFolder($"{parent}/{name}", alive);
            }
        }
    }

    /// <summary>Removes what dead processes have left in a folder.</summary>
    /// <exception cref="MiniRunException">Something cannot be removed.</exception>
    internal static void RemoveDead(string parent)
    {
        if (FileStatus.Of(parent) is not { IsDirectory: true })
        {
            return;
        }

        using FileDescriptor above = HostFile.OpenDirectory(parent);
        foreach (string name in HostDirectory.List(above, parent))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && TryLock(above, name) is { } dead)
            {
                TreeRemoval.Remove(above, name);
                dead.Dispose();
            }
        }
    }

    /// <summary>Gives the folder its final name, and so ends the staging.</summary>
    /// <exception cref="SyscallException">ENOTEMPTY: there is such a folder.</exception>
    public void MoveTo(string path)
    {
        HostDirectory.Rename(Path, path);
        _moved = true;
    }

    public void Dispose()
    {
        if (!_moved)
        {
            TreeRemoval.Remove(Path);
        }

        _alive.Dispose();
    }

    /// <summary>Null where somebody holds it, or has just removed it.</summary>
    private static FileLock? TryLock(FileDescriptor above, string name)
    {
        using FileDescriptor? folder = HostFile.TryOpenAt(above, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0, out _);
        try
        {
            return folder is null ? null : FileLock.TryTakeFolder(folder, above, name);
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ENOENT)
        {
            return null;
        }
    }
}
