using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>A pipe, both ends closed on exec.</summary>
public sealed class Pipe : IDisposable
{
    private Pipe(FileDescriptor readEnd, FileDescriptor writeEnd)
    {
        ReadEnd = readEnd;
        WriteEnd = writeEnd;
    }

    public FileDescriptor ReadEnd { get; }

    public FileDescriptor WriteEnd { get; }

    /// <summary>Makes a pipe; nonBlocking is O_NONBLOCK on both ends.</summary>
    /// <exception cref="SyscallException">EMFILE or ENFILE: too many open files.</exception>
    public static unsafe Pipe Create(bool nonBlocking = false)
    {
        int* ends = stackalloc int[2];
        int result = Libc.pipe2(ends, OpenFlags.O_CLOEXEC | (nonBlocking ? OpenFlags.O_NONBLOCK : 0));
        KernelCall.Check(result, "pipe2", "");
        return new Pipe(FileDescriptor.Adopt(ends[0]), FileDescriptor.Adopt(ends[1]));
    }

    /// <summary>Sets how many bytes fit (F_SETPIPE_SZ: rounded up to pages, at least one); returns how many do.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public int SetSize(int bytes)
    {
        int result = Libc.fcntl(WriteEnd, Libc.F_SETPIPE_SZ, bytes);
        return (int)KernelCall.Check(result, "fcntl", "F_SETPIPE_SZ");
    }

    public void Dispose()
    {
        ReadEnd.Dispose();
        WriteEnd.Dispose();
    }
}
