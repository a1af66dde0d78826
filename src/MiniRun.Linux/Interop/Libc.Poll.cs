using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>poll.h.</summary>
internal static unsafe partial class Libc
{
    public const short POLLIN = 1;
    public const short POLLPRI = 2;
    public const short POLLOUT = 4;
    public const short POLLERR = 8;
    public const short POLLHUP = 16;
    public const short POLLNVAL = 32;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int poll(pollfd* entries, nuint count, int timeout);
}
