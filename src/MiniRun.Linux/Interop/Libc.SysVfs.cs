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
    public const long CGROUP_SUPER_MAGIC = 0x27e0eb;
    public const long DEVPTS_SUPER_MAGIC = 0x1cd1;
    public const long DEBUGFS_MAGIC = 0x64626720;
    public const long TRACEFS_MAGIC = 0x74726163;
    public const long SECURITYFS_MAGIC = 0x73636673;
    public const long BPF_FS_MAGIC = 0xcafe4a11;
    public const long EFIVARFS_MAGIC = 0xde5e81e4;
    public const long PSTOREFS_MAGIC = 0x6165676c;
    public const long BINFMTFS_MAGIC = 0x42494e4d;
    public const long MQUEUE_MAGIC = 0x19800202;
    public const long ST_RDONLY = 1;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fstatfs(FileDescriptor descriptor, statfs* result);
}
