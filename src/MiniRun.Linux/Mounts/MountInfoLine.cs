using System.Text;

namespace MiniRun.Linux.Mounts;

/// <summary>One line of /proc/PID/mountinfo. Source: proc_pid_mountinfo(5).</summary>
internal static class MountInfoLine
{
    public const string Path = "/proc/self/mountinfo";

    /// <summary>The largest mountinfo that is read, in bytes.</summary>
    public const int LargestTable = 16 << 20;

    private const int MountPointField = 4;

    /// <summary>Where the line's mount is, if its file system is of this type; else null.</summary>
    public static string? PointOf(ReadOnlySpan<char> line, ReadOnlySpan<char> type)
    {
        // Optional fields end with " - ", then come type, source and options.
        int separator = line.IndexOf(" - ");
        if (separator < 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = line[(separator + 3)..];
        return rest.StartsWith(type) && rest[type.Length..].StartsWith(" ") ? Unescape(Field(line, MountPointField)) : null;
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
