using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>stdio.h.</summary>
internal static unsafe partial class Libc
{
    public const uint RENAME_NOREPLACE = 1;
    public const uint RENAME_EXCHANGE = 2;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int renameat(FileDescriptor oldDirectory, string oldPath, FileDescriptor newDirectory, string newPath);
}
