using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>sys/vfs.h and linux/magic.h.</summary>
internal static unsafe partial class Libc
{
    public const long PROC_SUPER_MAGIC = 0x9fa0;
    public const long CGROUP2_SUPER_MAGIC = 0x63677270;
    public const long TMPFS_MAGIC = 0x01021994;
    public const long OVERLAYFS_SUPER_MAGIC = 0x794c7630;
    public const long NSFS_MAGIC = 0x6e736673;
    public const long SYSFS_MAGIC = 0x62656572;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fstatfs(FileDescriptor descriptor, statfs* result);
}
