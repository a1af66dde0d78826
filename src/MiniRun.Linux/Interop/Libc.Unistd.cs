using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace MiniRun.Linux.Interop;

/// <summary>unistd.h.</summary>
internal static unsafe partial class Libc
{
    public const int STDIN_FILENO = 0;
    public const int STDOUT_FILENO = 1;
    public const int STDERR_FILENO = 2;
    public const int SEEK_SET = 0;
    public const int SEEK_END = 2;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(FileDescriptor descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(FileDescriptor descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint pread(FileDescriptor descriptor, byte* buffer, nuint size, long offset);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint pwrite(FileDescriptor descriptor, byte* buffer, nuint size, long offset);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint lseek(FileDescriptor descriptor, nint offset, int whence);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ftruncate(FileDescriptor descriptor, long size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fsync(FileDescriptor descriptor);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fchown(FileDescriptor descriptor, uint uid, uint gid);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int fchownat(FileDescriptor directory, string path, uint uid, uint gid, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int pipe2(int* descriptors, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int unlinkat(FileDescriptor directory, string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int unlinkat(FileDescriptor directory, byte* path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial nint readlinkat(FileDescriptor directory, string path, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int symlinkat(string target, FileDescriptor directory, string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int chdir(string path);

    /// <summary>Returns only where it failed.</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int execve(string path, nint* arguments, nint* environment);

    [LibraryImport("libc")]
    public static partial int isatty(FileDescriptor descriptor);

    [LibraryImport("libc")]
    public static partial int getpid();

    [LibraryImport("libc")]
    public static partial uint geteuid();

    [LibraryImport("libc")]
    public static partial uint getegid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int unlinkat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fchownat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, uint uid, uint gid, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint readlinkat(FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int symlinkat([MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> target, FileDescriptor directory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> path);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int linkat(FileDescriptor oldDirectory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> oldPath, FileDescriptor newDirectory, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> newPath, int flags);
}
