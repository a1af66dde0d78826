using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>A flock(2) on a file, held until disposed or until the process ends, however it ends. Exclusive, unless its maker says shared.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileDescriptor _file;

    private FileLock(FileDescriptor file)
    {
        _file = file;
    }

    /// <summary>The open file that has the lock.</summary>
    public FileDescriptor Descriptor => _file;

    /// <summary>Holds a lock on that was taken before this program was executed.</summary>
    public static FileLock Resume(FileDescriptor descriptor) => new(descriptor);

    /// <summary>Makes the file where it is missing and waits for the lock.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileLock Take(FileDescriptor directory, string name) =>
        Take(directory, name, Libc.LOCK_EX, out _) ?? throw new SyscallException("flock", name, Errno.EAGAIN);

    /// <summary>Waits until nobody holds the lock exclusively, and shares it with others who call this.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileLock TakeShared(FileDescriptor directory, string name) =>
        Take(directory, name, Libc.LOCK_SH, out _) ?? throw new SyscallException("flock", name, Errno.EAGAIN);

    /// <summary>Takes the lock if nobody holds it, else returns null.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileLock? TryTake(FileDescriptor directory, string name) =>
        Take(directory, name, Libc.LOCK_EX | Libc.LOCK_NB, out _);

    /// <summary>Locks a folder itself if nobody holds it, else returns null: no file needs to be made and removed for that.</summary>
    /// <param name="folder">The open folder.</param>
    /// <param name="parent">Where it lies.</param>
    /// <param name="name">Its name there.</param>
    /// <exception cref="SyscallException">ENOENT: the folder was removed, or another one has its name.</exception>
    public static FileLock? TryTakeFolder(FileDescriptor folder, FileDescriptor parent, string name)
    {
        // A second open file: a duplicate of the caller's descriptor would share its lock.
        FileDescriptor file = HostFile.OpenAt(folder, ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
        Errno error = Apply(file, Libc.LOCK_EX | Libc.LOCK_NB);
        if (error == 0 && !IsStillNamed(parent, name, file))
        {
            error = Errno.ENOENT;
        }

        if (error == 0)
        {
            return new FileLock(file);
        }

        file.Dispose();
        return error == Errno.EAGAIN ? null : throw new SyscallException("flock", name, error);
    }

    /// <summary>Whether somebody holds the lock of a file exclusively, which is open for nothing else here.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool IsHeld(FileDescriptor file)
    {
        Errno error = Apply(file, Libc.LOCK_SH | Libc.LOCK_NB);
        return error switch
        {
            0 => false,
            Errno.EAGAIN => true,
            _ => throw new SyscallException("flock", "", error),
        };
    }

    public void Dispose() => _file.Dispose();

    private static FileLock? Take(FileDescriptor directory, string name, int operation, out Errno error)
    {
        while (true)
        {
            FileDescriptor file = HostFile.OpenAt(directory, name, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_NOFOLLOW, 0x180);
            error = Apply(file, operation);
            // The holder before may have removed the file: a lock on what nobody finds any more keeps nobody out.
            if (error == 0 && IsStillNamed(directory, name, file))
            {
                return new FileLock(file);
            }

            file.Dispose();
            if (error != 0)
            {
                return error == Errno.EAGAIN ? null : throw new SyscallException("flock", name, error);
            }
        }
    }

    private static Errno Apply(FileDescriptor file, int operation)
    {
        int result;
        do
        {
            result = Libc.flock(file, operation);
        }
        while (KernelCall.Interrupted(result));

        return result == -1 ? KernelCall.LastError : 0;
    }

    private static bool IsStillNamed(FileDescriptor directory, string name, FileDescriptor file) =>
        FileStatus.OfEntry(directory, name) is { } named && named.Inode == FileStatus.Of(file, name).Inode;
}
