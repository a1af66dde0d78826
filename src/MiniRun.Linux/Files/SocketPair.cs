using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>Two connected AF_UNIX SOCK_SEQPACKET sockets, both closed on exec: one message a packet, end of file when the peer is gone.</summary>
public sealed class SocketPair : IDisposable
{
    private SocketPair(FileDescriptor ours, FileDescriptor theirs)
    {
        Ours = ours;
        Theirs = theirs;
    }

    public FileDescriptor Ours { get; }

    public FileDescriptor Theirs { get; }

    /// <summary>Makes a pair.</summary>
    /// <exception cref="SyscallException">EMFILE or ENFILE: too many open files.</exception>
    public static unsafe SocketPair Create()
    {
        int* ends = stackalloc int[2];
        int result = Libc.socketpair(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC, 0, ends);
        KernelCall.Check(result, "socketpair", "AF_UNIX");
        return new SocketPair(FileDescriptor.Adopt(ends[0]), FileDescriptor.Adopt(ends[1]));
    }

    public void Dispose()
    {
        Ours.Dispose();
        Theirs.Dispose();
    }
}
