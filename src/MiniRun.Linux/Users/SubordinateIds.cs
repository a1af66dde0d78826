using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Users;

/// <summary>/etc/subuid and /etc/subgid: which ids an unprivileged user may map (subuid(5)).</summary>
public static class SubordinateIds
{
    private const int MaxFileSize = 1 << 20;

    /// <summary>The first range that a file grants to a user, by name or number; null where it grants none or is missing.</summary>
    /// <exception cref="MiniRunException">The file cannot be read or is too large.</exception>
    public static SubordinateRange? First(string path, string name, uint uid)
    {
        using FileDescriptor? file = HostFile.TryOpen(path, OpenFlags.O_RDONLY, out Errno error);
        if (file is null)
        {
            return error == Errno.ENOENT ? null : throw new SyscallException("openat", path, error);
        }

        return FirstIn(Encoding.UTF8.GetString(HostFile.ReadBounded(file, path, MaxFileSize)), name, uid);
    }

    /// <summary>The first range that a file's text grants to a user. Lines "owner:start:count" that are not well-formed grant nothing.</summary>
    public static SubordinateRange? FirstIn(ReadOnlySpan<char> text, string name, uint uid)
    {
        foreach (ReadOnlySpan<char> raw in text.EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            int first = line.IndexOf(':');
            int last = line.LastIndexOf(':');
            if (first <= 0 || last <= first)
            {
                continue;
            }

            ReadOnlySpan<char> owner = line[..first];
            bool mine = owner.SequenceEqual(name) || (NumericId.TryParse(owner, out uint number) && number == uid);
            if (mine && NumericId.TryParse(line[(first + 1)..last], out uint start) && NumericId.TryParse(line[(last + 1)..], out uint count)
                && count > 0 && count <= NumericId.Max - start)
            {
                return new SubordinateRange(start, count);
            }
        }

        return null;
    }
}
