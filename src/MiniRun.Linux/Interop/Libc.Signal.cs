using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>signal.h.</summary>
internal static unsafe partial class Libc
{
    public const int SIG_BLOCK = 0;
    public const int SIG_UNBLOCK = 1;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);

    /// <summary>Returns the error number itself; EINVAL is the only one.</summary>
    [LibraryImport("libc")]
    public static partial int pthread_sigmask(int how, byte* set, byte* oldSet);
}
