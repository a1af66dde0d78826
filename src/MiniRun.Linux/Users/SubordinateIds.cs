using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Users;

/// <summary>/etc/subuid and /etc/subgid: which ids an unprivileged user may map (subuid(5)).</summary>
public static class SubordinateIds
{
    private const int MaxFileSize = 1 << 20;

    // SUB_UID_MIN of login.defs: below are people.
    private const ulong FirstOfAll = 100_000;

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
            ReadOnlySpan<char> owner = line[..Math.Max(0, line.IndexOf(':'))];
            bool mine = owner.SequenceEqual(name) || (NumericId.TryParse(owner, out uint number) && number == uid);
            if (mine && TryRange(line, out SubordinateRange range))
            {
                return range;
            }
        }

        return null;
    }

    /// <summary>
    /// The first range of <paramref name="count"/> ids from 100000 on that a file grants to nobody. Who was granted an id may
    /// act as it, so ids meant for containers alone must be no user's. A missing file grants nothing.
    /// </summary>
    /// <exception cref="MiniRunException">The file cannot be read or is too large, or no such range is left.</exception>
    public static SubordinateRange Ungranted(string path, uint count)
    {
        using FileDescriptor? file = HostFile.TryOpen(path, OpenFlags.O_RDONLY, out Errno error);
        return file is not null || error == Errno.ENOENT
            ? UngrantedIn(file is null ? "" : Encoding.UTF8.GetString(HostFile.ReadBounded(file, path, MaxFileSize)), count)
            : throw new SyscallException("openat", path, error);
    }

    /// <summary>As <see cref="Ungranted"/>, in a file's text.</summary>
    /// <exception cref="MiniRunException">No such range is left.</exception>
    public static SubordinateRange UngrantedIn(string text, uint count)
    {
        ulong start = FirstOfAll;
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
            {
                if (TryRange(line.Trim(), out SubordinateRange granted) && start < (ulong)granted.Start + granted.Count && granted.Start < start + count)
                {
                    start = (ulong)granted.Start + granted.Count;
                    moved = true;
                }
            }
        }

        return start + count <= NumericId.Max
            ? new SubordinateRange((uint)start, count)
            : throw new MiniRunException($"no {count} subordinate ids are left that no user was granted: give the user minirun a range in /etc/subuid and /etc/subgid");
    }

    private static bool TryRange(ReadOnlySpan<char> line, out SubordinateRange range)
    {
        int first = line.IndexOf(':');
        int last = line.LastIndexOf(':');
        range = default;
        if (first <= 0 || last <= first
            || !NumericId.TryParse(line[(first + 1)..last], out uint start) || !NumericId.TryParse(line[(last + 1)..], out uint count)
            || count == 0 || count > NumericId.Max - start)
        {
            return false;
        }

        range = new SubordinateRange(start, count);
        return true;
    }
}
