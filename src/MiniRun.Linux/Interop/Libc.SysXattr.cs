using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace MiniRun.Linux.Interop;

/// <summary>sys/xattr.h, by descriptor only: a path could be another file by the time it is used.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial int fsetxattr(FileDescriptor descriptor, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> name, byte* value, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint fgetxattr(FileDescriptor descriptor, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> name, byte* value, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint flistxattr(FileDescriptor descriptor, byte* list, nuint size);
}
