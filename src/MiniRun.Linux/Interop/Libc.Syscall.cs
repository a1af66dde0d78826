using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace MiniRun.Linux.Interop;

/// <summary>syscall(2), for calls without a function in every supported C library: once for each shape of arguments.</summary>
internal static partial class Libc
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint syscall(nint number, FileDescriptor a, nint b, nint c, nint d, nint e);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial nint syscall(nint number, string a, nint b, nint c, nint d, nint e);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial nint syscall(nint number, FileDescriptor a, string b, nint c, nint d, nint e);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial nint syscall(nint number, FileDescriptor a, nint b, string? c, string? d, nint e);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial nint syscall(nint number, FileDescriptor a, string b, FileDescriptor c, string d, nint e);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint syscall(nint number, FileDescriptor a, [MarshalUsing(typeof(KernelBytes))] ReadOnlySpan<byte> b, nint c, nint d, nint e);
}
