using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;

namespace MiniRun.Linux.Cgroups;

/// <summary>Finds where cgroup2 is mounted.</summary>
internal static class Cgroup2Mount
{
    public const string UsualPlace = "/sys/fs/cgroup";
    private const string HybridPlace = "/sys/fs/cgroup/unified";

    /// <summary>Whether a folder lies on cgroup2. Asked first, since the kernel writes mountinfo slowly on hosts with many mounts.</summary>
    public static bool IsAt(string folder)
    {
        using FileDescriptor? opened = HostFile.TryOpen(folder, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, out _);
        return opened is not null && IsOn(opened);
    }

    /// <summary>Whether an open folder lies on cgroup2.</summary>
    public static unsafe bool IsOn(FileDescriptor folder)
    {
        statfs status;
        return Libc.fstatfs(folder, &status) == 0 && status.f_type == Libc.CGROUP2_SUPER_MAGIC;
    }

    /// <summary>The mount point in the text of mountinfo: the usual place, else a hybrid host's, else the first; null without any.</summary>
    public static string? Find(string mountinfo)
    {
        string? found = null;
        foreach (ReadOnlySpan<char> line in mountinfo.AsSpan().EnumerateLines())
        {
            if (MountInfoLine.PointOf(line, "cgroup2") is not { } mountPoint)
            {
                continue;
            }

            if (mountPoint == UsualPlace)
            {
                return mountPoint;
            }

            found = mountPoint == HybridPlace ? mountPoint : found ?? mountPoint;
        }

        return found;
    }
}
