using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace MiniRun.Linux.Interop;

/// <summary>sys/stat.h.</summary>
internal static unsafe partial class Libc
{
    /// <summary>As a timestamp's nanoseconds: leave this one as it is.</summary>
    public const long UTIME_OMIT = 0x3ffffffe;

    public const uint STATX_BASIC_STATS = 0x7ff;
    public const uint STATX_MNT_ID = 0x1000;

    public const ulong STATX_ATTR_MOUNT_ROOT = 0x2000;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int mkdirat(FileDescriptor directory, string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int chmod(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fchmod(FileDescriptor descriptor, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int mknodat(FileDescriptor directory, string path, uint mode, ulong device);

    public static nint statx(FileDescriptor directory, string path, int flags, uint mask, statx* result) =>
        syscall(SyscallNumber.statx, directory, path, flags, (nint)mask, (nint)result);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int fchmodat(FileDescriptor directory, string path, uint mode, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int mkdirat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int mknodat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, uint mode, ulong device);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fchmodat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, uint mode, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int utimensat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, timespec* times, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int futimens(FileDescriptor descriptor, timespec* times);

    public static nint statx(FileDescriptor directory, ReadOnlySpan<byte> path, int flags, uint mask, statx* result) =>
        syscall(SyscallNumber.statx, directory, path, flags, (nint)mask, (nint)result);
}
