using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>sys/ioctl.h and asm-generic/ioctls.h.</summary>
internal static unsafe partial class Libc
{
    public const uint TCGETS = 0x5401;
    public const uint TCSETS = 0x5402;
    public const uint TCSETSW = 0x5403;
    public const uint TIOCGWINSZ = 0x5413;
    public const uint TIOCSWINSZ = 0x5414;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(FileDescriptor descriptor, nuint request, void* argument);
}
