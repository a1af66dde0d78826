using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Volumes;

/// <summary>The mount option U: all files of a source are given to one user. No link is followed and no other mount entered.</summary>
internal static class OwnerChange
{
    private const int MostLevels = 400;

    // What a host's own programs depend on, at any depth: given to a container's user it would give them the host.
    private static readonly string[] s_system = ["bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "root", "run", "sbin", "sys", "usr"];

    private static readonly string[] s_folders = ["/var/cache", "/var/lib", "/var/log", "/var/mail", "/var/run", "/var/spool", "/var/tmp"];

    /// <summary>Gives a file, or a folder with all below it, to a user and group of the host.</summary>
    /// <param name="origin">The option that asks for it.</param>
    /// <param name="isOwn">Whether minirun keeps it; on the way to any other no link is followed.</param>
    /// <exception cref="MiniRunException">The path is one of the host's own, or a kernel call failed.</exception>
    internal static void Apply(string path, uint uid, uint gid, string origin, bool isOwn)
    {
        using FileDescriptor source = isOwn ? HostFile.Open(path, OpenFlags.O_PATH) : ResolvedPath.Open(path);
        string real = HostDirectory.PathOf(source) ?? path;
        if (IsDangerous(real))
        {
            throw new MiniRunException($"{origin}: chown of the host's own {real} is refused: the container's user would own it; leave U out, or mount a folder made for the container");
        }

        FileStatus status = FileStatus.Of(source, path);
        if (!status.IsDirectory)
        {
            using FileDescriptor file = HostFile.Open(source.ProcPath(), OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY);
            FileMetadata.ChangeOwner(file, uid, gid, path);
            return;
        }

        using FileDescriptor folder = HostFile.OpenAt(source, ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
        Walk(folder, path, status.MountId, uid, gid, MostLevels);
        FileMetadata.ChangeOwner(folder, uid, gid, path);
    }

    /// <summary>Whether a path, links resolved, is none of which a container's user should be the owner.</summary>
    internal static bool IsDangerous(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < 2 || s_system.Contains(parts[0]) || s_folders.Contains(path) || (parts is ["home", _]);
    }

    private static void Walk(FileDescriptor folder, string path, ulong mount, uint uid, uint gid, int levels)
    {
        if (levels == 0)
        {
            throw new MiniRunException($"{path}: folders are nested more than {MostLevels} deep");
        }

        foreach (byte[] name in HostDirectory.ListBytes(folder, path))
        {
            if (FileStatus.OfEntry(folder, name) is not { } status || status.MountId != mount)
            {
                continue;
            }

            if (status.IsDirectory)
            {
                string below = $"{path}/{FolderEntry.Shown(name)}";
                using FileDescriptor child = FolderEntry.TryOpen(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error) ?? throw new SyscallException("openat", below, error);
                Walk(child, below, mount, uid, gid, levels - 1);
            }

            FolderEntry.ChangeOwner(folder, name, uid, gid);
        }
    }
}
