using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>An owned file descriptor, closed on exec unless a child is handed it explicitly.</summary>
public sealed class FileDescriptor : SafeHandle
{
    /// <summary>Where relative paths start for the *at calls without a directory (AT_FDCWD).</summary>
    private const int WorkingDirectoryNumber = -100;

    /// <summary>Needed by the marshaller; use <see cref="Adopt"/>.</summary>
    public FileDescriptor()
        : base(-1, ownsHandle: true)
    {
    }

    private FileDescriptor(int number, bool owns)
        : base(-1, owns)
    {
        SetHandle(number);
    }

    public override bool IsInvalid => handle == -1;

    /// <summary>The kernel's number, for messages, /proc/self/fd and the spawn shim; never kept beyond a call.</summary>
    internal int Number => (int)handle;

    /// <summary>Takes over a descriptor that nobody else closes.</summary>
    public static FileDescriptor Adopt(int number) => new(number, owns: true);

    /// <summary>Names a descriptor that somebody else owns (0, 1, 2, one inherited to be passed on).</summary>
    public static FileDescriptor Borrow(int number) => new(number, owns: false);

    /// <summary>AT_FDCWD as a descriptor.</summary>
    internal static FileDescriptor WorkingDirectory() => new(WorkingDirectoryNumber, owns: false);

    /// <summary>A second descriptor, closed on exec, of the same open file.</summary>
    /// <exception cref="SyscallException">EMFILE: too many descriptors are open.</exception>
    public FileDescriptor Duplicate()
    {
        nint result = Libc.fcntl(this, Libc.F_DUPFD_CLOEXEC, 3);
        return KernelCall.CheckDescriptor(result, "fcntl", "F_DUPFD_CLOEXEC");
    }

    /// <summary>The path by which the kernel reaches this open file: "/proc/self/fd/N".</summary>
    public string ProcPath() => $"/proc/self/fd/{Number}";

    /// <summary>Whether execve leaves it open; the rule is that it does not.</summary>
    /// <exception cref="SyscallException">EBADF: there is no such descriptor.</exception>
    internal void StayOpenOnExec(bool stays)
    {
        int result = Libc.fcntl(this, Libc.F_SETFD, stays ? 0 : Libc.FD_CLOEXEC);
        KernelCall.Check(result, "fcntl", "F_SETFD");
    }

    protected override bool ReleaseHandle()
    {
        // close(2) releases the descriptor even when it reports EINTR or EIO; calling again could close another's.
        return Libc.close((int)handle) == 0;
    }
}
