using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Cgroups;

/// <summary>Reads and writes single files of a cgroup; a refusal is explained by what the file means.</summary>
internal static class CgroupFile
{
    private const int LargestFile = 16 << 20;

    public static void Write(Cgroup cgroup, in CgroupWrite write)
    {
        Errno error = TryWrite(cgroup, write);
        if (error == 0 || (error == Errno.ENOENT && write.File == "memory.swap.max" && !HostHasSwap()))
        {
            // A kernel without swap has no memory.swap.max, and whatever limit was asked for holds.
            return;
        }

        string remedy = Remedy(cgroup, write, error);
        string why = remedy.Length == 0 ? error.Reason() : error.Reason() + ": " + remedy;
        throw new MiniRunException($"write \"{write.Value}\" to {cgroup.Folder}/{write.File}: {why}");
    }

    public static Errno TryWrite(Cgroup cgroup, in CgroupWrite write)
    {
        using FileDescriptor? file = HostFile.TryOpenAt(cgroup.Directory, write.File, OpenFlags.O_WRONLY | OpenFlags.O_NOFOLLOW, 0, out Errno error);
        return file is null ? error : HostFile.TryWrite(file, Encoding.UTF8.GetBytes(write.Value), out _);
    }

    /// <summary>A file's text, or null and the reason.</summary>
    public static string? TryRead(FileDescriptor directory, string file, out Errno error)
    {
        using FileDescriptor? opened = HostFile.TryOpenAt(directory, file, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, 0, out error);
        if (opened is null)
        {
            return null;
        }

        try
        {
            return Encoding.ASCII.GetString(HostFile.ReadBounded(opened, file, LargestFile));
        }
        catch (SyscallException failure)
        {
            // ENODEV: the cgroup was removed meanwhile; EOPNOTSUPP: cgroup.procs of a threaded cgroup.
            error = failure.Errno;
            return null;
        }
    }

    private static string Remedy(Cgroup cgroup, in CgroupWrite write, Errno error) => (write.File, error) switch
    {
        (_, Errno.ENOENT) when write.File.StartsWith("hugetlb.", StringComparison.Ordinal) => "this machine has no huge pages of that size (/sys/kernel/mm/hugepages), or the hugetlb controller is not enabled here",
        ("io.weight", Errno.ENOENT) => "the kernel has neither iocost nor BFQ for I/O weights: load the bfq module and select it for the disk",
        (_, Errno.ENOENT) when write.Controller.Length == 0 => "this kernel has no such cgroup file",
        (_, Errno.ENOENT) => $"there is no such file: the {write.Controller} controller is not enabled in this cgroup, or this kernel does not know the setting",
        (_, Errno.EACCES or Errno.EPERM) => "not delegated to this user: run as root, or give a cgroup delegated to you (systemd: Delegate=yes)",
        (_, Errno.EROFS) => "cgroup2 is mounted read-only here",
        ("io.max" or "io.weight" or "io.bfq.weight", Errno.ENODEV) => "there is no such whole disk: limits apply to disks (8:0), not partitions (8:1)",
        ("cpuset.cpus" or "cpuset.mems", Errno.EINVAL or Errno.ERANGE) => $"only {Effective(cgroup, write.File)} exist or are granted by the cgroup above",
        ("cpu.max", Errno.EINVAL) => "quota and period go from 1000 to 1000000 microseconds",
        ("cpu.max.burst", Errno.EINVAL) => "the burst may not exceed the quota",
        (_, Errno.EINVAL or Errno.ERANGE) => "the kernel does not accept this value",
        _ => "",
    };

    private static string Effective(Cgroup cgroup, string file)
        => TryRead(cgroup.Directory, file + ".effective", out _)?.Trim() is { Length: > 0 } list ? list : "those of the cgroup above";

    private static bool HostHasSwap()
    {
        // One line is the heading. Each further line is a swap area in use.
        string swaps = HostFile.ReadText("/proc/swaps", LargestFile);
        return swaps.AsSpan().Count('\n') > 1;
    }
}
