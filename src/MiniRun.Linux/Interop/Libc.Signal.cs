using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>signal.h.</summary>
internal static partial class Libc
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);
}
