using System.Runtime.InteropServices;

namespace MiniRun.Linux.Files;

/// <summary>open(2)'s flags (fcntl.h). O_CLOEXEC is always added by the calls that take them. Some differ between x86_64 and aarch64.</summary>
public static class OpenFlags
{
    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_NOCTTY = 0x100;
    public const int O_TRUNC = 0x200;
    public const int O_APPEND = 0x400;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;

    /// <summary>A file without a name in the folder that is opened.</summary>
    public static int O_TMPFILE => 0x400000 | O_DIRECTORY;

    public static int O_DIRECTORY => Arm64 ? 0x4000 : 0x10000;

    public static int O_NOFOLLOW => Arm64 ? 0x8000 : 0x20000;

    private static bool Arm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}
