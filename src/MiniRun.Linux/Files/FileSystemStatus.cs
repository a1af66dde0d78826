using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>What fstatfs(2) says of the file system, and of the mount, that a file was reached through.</summary>
public readonly record struct FileSystemStatus
{
    private readonly long _type;

    private FileSystemStatus(long type, bool readOnly)
    {
        _type = type;
        IsReadOnly = readOnly;
    }

    /// <summary>Whether nothing can be written there.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether its files are the kernel's own (procfs, sysfs, cgroups and their kin): reading or making one acts on the kernel.</summary>
    public bool IsKernels => _type is Libc.PROC_SUPER_MAGIC or Libc.SYSFS_MAGIC or Libc.CGROUP2_SUPER_MAGIC or Libc.CGROUP_SUPER_MAGIC or Libc.NSFS_MAGIC
        or Libc.DEVPTS_SUPER_MAGIC or Libc.DEBUGFS_MAGIC or Libc.TRACEFS_MAGIC or Libc.SECURITYFS_MAGIC or Libc.BPF_FS_MAGIC
        or Libc.EFIVARFS_MAGIC or Libc.PSTOREFS_MAGIC or Libc.BINFMTFS_MAGIC or Libc.MQUEUE_MAGIC;

    /// <summary>Asks of an open file; an O_PATH descriptor will do.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe FileSystemStatus Of(FileDescriptor file, string subject)
    {
        statfs status;
        KernelCall.Check(Libc.fstatfs(file, &status), "fstatfs", subject);
        return new FileSystemStatus(status.f_type, (status.f_flags & Libc.ST_RDONLY) != 0);
    }
}
