using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Users;

/// <summary>
/// etc/passwd and etc/group of a root file system, read by minirun itself: no library of the image is ever loaded for it
/// (CVE-2019-14271). Files are opened inside the root, must be regular and at most 1 MiB; one that is missing is empty.
/// </summary>
public sealed class UserDatabase
{
    private const int MaxFileSize = 1 << 20;

    private readonly string _passwd;
    private readonly string _group;

    /// <summary>A database of these two files' texts.</summary>
    public UserDatabase(string passwd, string group)
    {
        _passwd = passwd;
        _group = group;
    }

    /// <summary>Reads the database of a root.</summary>
    /// <exception cref="MiniRunException">A file is too large, not a regular file, or cannot be read.</exception>
    public static UserDatabase Read(FileDescriptor root) => Read(path => TryOpen(root, path));

    /// <summary>Reads the database through what opens a file of the root for reading, and answers null where there is none.</summary>
    /// <exception cref="MiniRunException">A file is too large, not a regular file, or cannot be read.</exception>
    public static UserDatabase Read(Func<string, FileDescriptor?> open) => new(ReadText(open, "etc/passwd"), ReadText(open, "etc/group"));

    /// <summary>Finds who "uid", "name", "uid:gid", "name:group" (and mixtures) is; "" is uid 0. A uid needs no entry, a name does.</summary>
    /// <exception cref="MiniRunException">No such name, or a number out of range.</exception>
    public UserIdentity Resolve(string user)
    {
        int colon = user.IndexOf(':', StringComparison.Ordinal);
        string userPart = colon < 0 ? user : user[..colon];
        string groupPart = colon < 0 ? "" : user[(colon + 1)..];
        UserIdentity identity = ResolveUser(userPart);
        return groupPart.Length > 0
            ? identity with { Gid = ResolveGroup(groupPart) }
            : identity with { SupplementaryGroups = identity.Name is null ? [] : GroupsOf(identity.Name) };
    }

    /// <summary>Finds a group's number by name or number; a number needs no entry.</summary>
    /// <exception cref="MiniRunException">No such group, or a number out of range.</exception>
    public uint ResolveGroup(string group)
    {
        if (NumericId.LooksNumeric(group))
        {
            return Number(group, "group");
        }

        for (Lines lines = new(_group); lines.Next(out Fields fields);)
        {
            if (fields.Count >= 3 && fields[0].SequenceEqual(group))
            {
                return Number(fields[2], $"gid of '{group}' in etc/group");
            }
        }

        throw new MiniRunException($"unable to find group '{group}': no matching entries in the image's etc/group; name one that is there or give a number");
    }

    /// <summary>The home folder of a uid; "/" where it has none.</summary>
    public string HomeOf(uint uid) => FindByUid(uid)?.Home ?? "/";

    private UserIdentity ResolveUser(string user)
    {
        if (user.Length == 0 || NumericId.LooksNumeric(user))
        {
            uint uid = user.Length == 0 ? 0 : Number(user, "user");
            return FindByUid(uid) ?? new UserIdentity { Uid = uid, Gid = 0 };
        }

        for (Lines lines = new(_passwd); lines.Next(out Fields fields);)
        {
            if (fields.Count >= 4 && fields[0].SequenceEqual(user))
            {
                return Entry(fields);
            }
        }

        throw new MiniRunException($"unable to find user '{user}': no matching entries in the image's etc/passwd; name one that is there or give a number");
    }

    private UserIdentity? FindByUid(uint uid)
    {
        for (Lines lines = new(_passwd); lines.Next(out Fields fields);)
        {
            if (fields.Count >= 4 && NumericId.TryParse(fields[2], out uint found) && found == uid)
            {
                return Entry(fields);
            }
        }

        return null;
    }

    private List<uint> GroupsOf(string user)
    {
        List<uint> groups = [];
        for (Lines lines = new(_group); lines.Next(out Fields fields);)
        {
            if (fields.Count < 4 || !Lists(fields[3], user))
            {
                continue;
            }

            uint gid = Number(fields[2], $"gid of '{fields[0]}' in etc/group");
            if (!groups.Contains(gid))
            {
                groups.Add(gid);
            }
        }

        return groups;
    }

    private static UserIdentity Entry(Fields fields)
    {
        string name = fields[0].ToString();
        return new UserIdentity
        {
            Name = name,
            Uid = Number(fields[2], $"uid of '{name}' in etc/passwd"),
            Gid = Number(fields[3], $"gid of '{name}' in etc/passwd"),
            Home = fields.Count >= 6 && fields[5].Length > 0 ? fields[5].ToString() : "/",
        };
    }

    private static bool Lists(ReadOnlySpan<char> members, string user)
    {
        while (members.Length > 0)
        {
            int comma = members.IndexOf(',');
            if ((comma < 0 ? members : members[..comma]).Trim().SequenceEqual(user))
            {
                return true;
            }

            members = comma < 0 ? [] : members[(comma + 1)..];
        }

        return false;
    }

    private static uint Number(ReadOnlySpan<char> text, string what) =>
        NumericId.TryParse(text, out uint id) ? id : throw new MiniRunException($"{what} '{text}': not a number from 0 to {NumericId.Max}");

    private static FileDescriptor? TryOpen(FileDescriptor root, string path)
    {
        // O_NONBLOCK: a FIFO planted there must not hold minirun up.
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY;
        FileDescriptor? file = RootedPath.TryOpen(root, path, flags, out Errno error);
        return error is 0 or Errno.ENOENT or Errno.ENOTDIR ? file : throw new SyscallException("openat2", path, error);
    }

    private static string ReadText(Func<string, FileDescriptor?> open, string path)
    {
        using FileDescriptor? file = open(path);
        if (file is null)
        {
            return "";
        }

        return FileStatus.Of(file, path).IsRegular
            ? Encoding.UTF8.GetString(HostFile.ReadBounded(file, path, MaxFileSize))
            : throw new MiniRunException($"{path} in the image is not a regular file; minirun does not read it");
    }

    /// <summary>The lines of a file that hold an entry: comments and NIS lines are passed over.</summary>
    private ref struct Lines(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public bool Next(out Fields fields)
        {
            while (_rest.Length > 0)
            {
                int end = _rest.IndexOf('\n');
                ReadOnlySpan<char> line = (end < 0 ? _rest : _rest[..end]).Trim();
                _rest = end < 0 ? [] : _rest[(end + 1)..];
                if (line.Length > 0 && line[0] is not ('#' or '+' or '-'))
                {
                    fields = new Fields(line);
                    return true;
                }
            }

            fields = default;
            return false;
        }
    }

    /// <summary>The fields of a line, between colons.</summary>
    private readonly ref struct Fields(ReadOnlySpan<char> line)
    {
        private readonly ReadOnlySpan<char> _line = line;

        public int Count => _line.Count(':') + 1;

        public ReadOnlySpan<char> this[int index]
        {
            get
            {
                ReadOnlySpan<char> rest = _line;
                for (; index > 0; index--)
                {
                    rest = rest[(rest.IndexOf(':') + 1)..];
                }

                int end = rest.IndexOf(':');
                return end < 0 ? rest : rest[..end];
            }
        }
    }
}
