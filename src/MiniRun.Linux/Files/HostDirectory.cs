using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>Folders of the host: making, listing and removing entries. Whole trees are removed by <see cref="TreeRemoval"/>.</summary>
public static class HostDirectory
{
    /// <summary>Makes a folder; false where something of that name is there already. Mode defaults to 0700.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool Make(string path, uint mode = 0x1c0)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return MakeAt(start, path, mode);
    }

    /// <summary>Makes a folder below a directory; false where something of that name is there already.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool MakeAt(FileDescriptor directory, string name, uint mode = 0x1c0)
    {
        int result = Libc.mkdirat(directory, name, mode);
        if (result == -1 && KernelCall.LastError == Errno.EEXIST)
        {
            return false;
        }

        KernelCall.Check(result, "mkdir", name);
        return true;
    }

    /// <summary>Makes a folder and what is missing above it. Mode defaults to 0700 for all that are made.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void MakeAll(string path, uint mode = 0x1c0)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        if (Libc.mkdirat(start, path, mode) == 0)
        {
            return;
        }

        Errno error = KernelCall.LastError;
        int slash = path.TrimEnd('/').LastIndexOf('/');
        if (error == Errno.ENOENT && slash > 0)
        {
            MakeAll(path[..slash], mode);
            Make(path, mode);
            return;
        }

        if (error != Errno.EEXIST || FileStatus.Of(path) is not { IsDirectory: true })
        {
            throw new SyscallException("mkdir", path, error == Errno.EEXIST ? Errno.ENOTDIR : error);
        }
    }

    /// <summary>Makes a symbolic link, which a disk that fills up or a crash leaves whole or not at all.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void LinkAt(FileDescriptor directory, string name, string target) =>
        KernelCall.Check(Libc.symlinkat(target, directory, name), "symlink", name);

    /// <summary>What a symbolic link says; null where there is none.</summary>
    public static unsafe string? ReadLinkAt(FileDescriptor directory, string name)
    {
        Span<byte> target = stackalloc byte[4096];
        fixed (byte* start = target)
        {
            nint length = Libc.readlinkat(directory, name, start, (nuint)target.Length);
            return length < 0 ? null : Encoding.UTF8.GetString(target[..(int)length]);
        }
    }

    /// <summary>Gives a folder exactly this mode, whatever the caller's umask made of the one it was asked for.</summary>
    /// <exception cref="SyscallException">EPERM: another user's folder.</exception>
    public static void ChangeMode(string path, uint mode)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(path);
        KernelCall.Check(Libc.fchmod(folder, mode), "fchmod", path);
    }

    /// <summary>Gives a folder to other ids.</summary>
    /// <exception cref="SyscallException">EPERM: needs CAP_CHOWN.</exception>
    public static void ChangeOwner(string path, uint uid, uint gid)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(path);
        int result = Libc.fchown(folder, uid, gid);
        KernelCall.Check(result, "fchown", path);
    }

    /// <summary>The path that an open file has, links resolved, as procfs tells it.</summary>
    public static string? PathOf(FileDescriptor file)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return ReadLinkAt(start, file.ProcPath());
    }

    /// <summary>The names in a directory, without "." and "..", in the kernel's order.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static IReadOnlyList<string> List(string path)
    {
        using FileDescriptor directory = HostFile.OpenDirectory(path);
        return List(directory, path);
    }

    /// <summary>The names in an open directory, read from its start.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static IReadOnlyList<string> List(FileDescriptor directory, string subject)
    {
        using FileDescriptor fresh = HostFile.OpenAt(directory, ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
        List<string> names = [];
        DirectoryReader reader = new(fresh, subject);
        while (reader.Next(out string name, out _))
        {
            names.Add(name);
        }

        return names;
    }

    /// <summary>The names in an open directory as bytes: those of an image need not be UTF-8.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    /// <exception cref="MiniRunException">There are more than allowed.</exception>
    public static IReadOnlyList<byte[]> ListBytes(FileDescriptor directory, string subject, int most = int.MaxValue)
    {
        using FileDescriptor fresh = HostFile.OpenAt(directory, ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
        List<byte[]> names = [];
        DirectoryReader reader = new(fresh, subject);
        while (reader.Next(out ReadOnlySpan<byte> name, out _))
        {
            if (names.Count == most)
            {
                throw new MiniRunException($"'{subject}' holds more than {most} names, which is the most minirun reads of a folder");
            }

            names.Add(name.ToArray());
        }

        return names;
    }

    /// <summary>Removes a file (or link); false where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool RemoveFile(FileDescriptor directory, string name) => Remove(directory, name, 0, "unlink");

    /// <summary>The same for a name that is bytes.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool RemoveFile(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        int result = Libc.unlinkat(directory, FolderEntry.One(name), 0);
        if (result == -1 && KernelCall.LastError == Errno.ENOENT)
        {
            return false;
        }

        KernelCall.Check(result, "unlink", FolderEntry.Shown(name));
        return true;
    }

    /// <summary>Removes a file (or link) by path; false where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool RemoveFile(string path)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return RemoveFile(start, path);
    }

    /// <summary>Gives a file or folder another name in the same file system; a file of that name is replaced.</summary>
    /// <exception cref="SyscallException">ENOTEMPTY: a folder of that name is there; EXDEV: another file system.</exception>
    public static void Rename(string path, string newPath)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        KernelCall.Check(Libc.renameat(start, path, start, newPath), "rename", $"{path} -> {newPath}");
    }

    /// <summary>The same within a directory; false where nothing has the old name.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool Rename(FileDescriptor directory, string name, string newName)
    {
        int result = Libc.renameat(directory, name, directory, newName);
        if (result == -1 && KernelCall.LastError == Errno.ENOENT)
        {
            return false;
        }

        KernelCall.Check(result, "rename", $"{name} -> {newName}");
        return true;
    }

    /// <summary>Removes an empty folder; false where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool RemoveEmpty(FileDescriptor directory, string name) => Remove(directory, name, Libc.AT_REMOVEDIR, "rmdir");

    /// <summary>Removes an empty folder by path; false where nothing is there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool RemoveEmpty(string path)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return RemoveEmpty(start, path);
    }

    /// <summary>Removes a file after another failure, whose cause it must not hide.</summary>
    internal static void TryRemoveFile(FileDescriptor directory, string name) => Libc.unlinkat(directory, name, 0);

    private static bool Remove(FileDescriptor directory, string name, int flags, string call)
    {
        int result = Libc.unlinkat(directory, name, flags);
        if (result == -1 && KernelCall.LastError == Errno.ENOENT)
        {
            return false;
        }

        KernelCall.Check(result, call, name);
        return true;
    }
}
