using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace MiniRun.Linux.Interop;

/// <summary>fcntl.h.</summary>
internal static unsafe partial class Libc
{
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int F_SETFD = 2;
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;
    public const int FD_CLOEXEC = 1;
    public const int F_SETPIPE_SZ = 1031;
    public const int F_ADD_SEALS = 1033;
    public const int F_GET_SEALS = 1034;
    public const int F_SEAL_SEAL = 1;
    public const int F_SEAL_SHRINK = 2;
    public const int F_SEAL_GROW = 4;
    public const int F_SEAL_WRITE = 8;

    public const int FALLOC_FL_KEEP_SIZE = 1;
    public const int FALLOC_FL_PUNCH_HOLE = 2;

    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_REMOVEDIR = 0x200;
    public const int AT_EMPTY_PATH = 0x1000;
    public const int AT_NO_AUTOMOUNT = 0x800;
    public const int AT_RECURSIVE = 0x8000;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int openat(FileDescriptor directory, string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int openat(FileDescriptor directory, byte* path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fallocate(FileDescriptor descriptor, int mode, long start, long length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(FileDescriptor descriptor, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int openat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, int flags, uint mode);
}
