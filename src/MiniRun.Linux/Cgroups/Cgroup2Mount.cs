using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Cgroups;

/// <summary>Finds where cgroup2 is mounted.</summary>
internal static class Cgroup2Mount
{
    public const string UsualPlace = "/sys/fs/cgroup";
    private const string HybridPlace = "/sys/fs/cgroup/unified";
    private const int MountPointField = 4;

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
            // proc_pid_mountinfo(5): optional fields end with " - ", then come type, source and options.
            int separator = line.IndexOf(" - ");
            if (separator < 0 || !line[(separator + 3)..].StartsWith("cgroup2 "))
            {
                continue;
            }

            string mountPoint = Unescape(Field(line, MountPointField));
            if (mountPoint == UsualPlace)
            {
                return mountPoint;
            }

            found = mountPoint == HybridPlace ? mountPoint : found ?? mountPoint;
        }

        return found;
    }

    private static ReadOnlySpan<char> Field(ReadOnlySpan<char> line, int index)
    {
        for (int skipped = 0; skipped < index; skipped++)
        {
            line = line[(line.IndexOf(' ') + 1)..];
        }

        int end = line.IndexOf(' ');
        return end < 0 ? line : line[..end];
    }

    /// <summary>Blank, tab, newline and backslash stand as \040, \011, \012 and \134.</summary>
    private static string Unescape(ReadOnlySpan<char> text)
    {
        StringBuilder plain = new(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\' && index + 3 < text.Length)
            {
                plain.Append((char)(((text[index + 1] - '0') << 6) | ((text[index + 2] - '0') << 3) | (text[index + 3] - '0')));
                index += 3;
            }
            else
            {
                plain.Append(text[index]);
            }
        }

        return plain.ToString();
    }
}
