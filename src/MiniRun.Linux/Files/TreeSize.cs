using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>How much a tree of files takes.</summary>
public static class TreeSize
{
    // Each level costs a descriptor, and who fills a container can make any number of them.
    private const int MaxDepth = 200;

    /// <summary>The bytes of all regular files in a folder, without following links or entering mounts. What disappears meanwhile, or lies more than 200 levels deep, does not count.</summary>
    /// <exception cref="SyscallException">A folder cannot be read.</exception>
    public static long Of(string path)
    {
        using FileDescriptor? folder = HostFile.TryOpen(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, out Errno error);
        return folder is not null ? Of(folder, path, MaxDepth) : error is Errno.ENOENT ? 0 : throw new SyscallException("openat", path, error);
    }

    private static long Of(FileDescriptor folder, string subject, int depth)
    {
        long size = 0;
        ulong mount = FileStatus.Of(folder, subject).MountId;
        foreach (string name in HostDirectory.List(folder, subject))
        {
            if (FileStatus.OfEntry(folder, name) is not { } status || status.MountId != mount)
            {
                continue;
            }

            size += status.IsRegular ? (long)status.Size : 0;
            if (status.IsDirectory && depth > 0 && HostFile.TryOpenAt(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0, out _) is { } child)
            {
                using (child)
                {
                    size += Of(child, $"{subject}/{name}", depth - 1);
                }
            }
        }

        return size;
    }
}
