using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>sys/resource.h.</summary>
internal static unsafe partial class Libc
{
    public const int RLIMIT_FSIZE = 1;
    public const int RLIMIT_NOFILE = 7;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getrlimit(int resource, rlimit* limit);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setrlimit(int resource, rlimit* limit);
}
