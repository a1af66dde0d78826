using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>An exclusive flock(2) on a file, held until disposed or until the process ends, however it ends.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileDescriptor _file;

    private FileLock(FileDescriptor file)
    {
        _file = file;
    }

    /// <summary>Makes the file where it is missing and waits for the lock.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileLock Take(FileDescriptor directory, string name) =>
        Take(directory, name, Libc.LOCK_EX, out _) ?? throw new SyscallException("flock", name, Errno.EAGAIN);

    /// <summary>Takes the lock if nobody holds it, else returns null.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileLock? TryTake(FileDescriptor directory, string name) =>
        Take(directory, name, Libc.LOCK_EX | Libc.LOCK_NB, out _);

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
