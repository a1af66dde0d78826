using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>sys/file.h.</summary>
internal static partial class Libc
{
    public const int LOCK_SH = 1;
    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;
    public const int LOCK_UN = 8;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int flock(FileDescriptor descriptor, int operation);
}
