using System.Globalization;
using System.Text;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>Numbers of the kernel in its own words.</summary>
internal static class FlagText
{
    private static readonly (ulong Bit, string Name)[] s_namespaces =
    [
        ((ulong)NamespaceType.User, "NEWUSER"), ((ulong)NamespaceType.Mount, "NEWNS"), ((ulong)NamespaceType.Pid, "NEWPID"),
        ((ulong)NamespaceType.Network, "NEWNET"), ((ulong)NamespaceType.Ipc, "NEWIPC"), ((ulong)NamespaceType.Uts, "NEWUTS"),
        ((ulong)NamespaceType.Cgroup, "NEWCGROUP"), ((ulong)NamespaceType.Time, "NEWTIME"),
    ];

    private static readonly (ulong Bit, string Name)[] s_openTree =
    [
        (MountFlags.OPEN_TREE_CLONE, "CLONE"), (MountFlags.AT_RECURSIVE, "RECURSIVE"), (MountFlags.OPEN_TREE_CLOEXEC, "CLOEXEC"),
    ];

    private static readonly (ulong Bit, string Name)[] s_seccomp = [(1, "TSYNC"), (2, "LOG"), (4, "SPEC_ALLOW"), (8, "NEW_LISTENER"), (16, "TSYNC_ESRCH"), (32, "WAIT_KILLABLE_RECV")];

    private static readonly (ulong Bit, string Name)[] s_statvfs = [(1, "RDONLY"), (2, "NOSUID"), (4, "NODEV"), (8, "NOEXEC")];

    public static string Namespaces(ulong flags) => Names(flags, s_namespaces, "0");

    public static string OpenTree(ulong flags) => Names(flags, s_openTree, "O_PATH");

    public static string Seccomp(ulong flags) => Names(flags, s_seccomp, "0");

    public static string Statvfs(ulong flags) => Names(flags, s_statvfs, "0");

    public static string Propagation(ulong flags) => MountFlagNames.Propagation(flags);

    public static string MountAttributes(ulong attributes) => MountFlagNames.Attributes(attributes);

    public static string Attributes(ulong set, ulong clear) => MountFlagNames.OfAttributes(set, clear);

    /// <summary>"none", "all", or names; the longer half of a large set is said by what is missing.</summary>
    public static string Capabilities(ulong bits)
    {
        CapabilitySet set = new(bits);
        CapabilitySet missing = CapabilitySet.All.Except(set);
        return missing.IsEmpty ? "all" : set.Count > missing.Count ? "all but " + missing : set.ToString();
    }

    /// <summary>"c 1:3".</summary>
    public static string Device(ulong type, ulong number)
    {
        string word = (type & DeviceNode.S_IFMT) switch { DeviceNode.S_IFCHR => "c", DeviceNode.S_IFBLK => "b", _ => "p" };
        return word == "p" ? word : string.Create(CultureInfo.InvariantCulture, $"{word} {DeviceNode.MajorOf(number)}:{DeviceNode.MinorOf(number)}");
    }

    public static string Octal(ulong mode) => "0" + Convert.ToString((long)mode, 8);

    public static string Limit(ulong value) => value == ulong.MaxValue ? "unlimited" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text as C would write it, on one line.</summary>
    public static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => quoted.Append("\\n"),
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' or '\x7f' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The NUL-terminated texts of a blob.</summary>
    public static List<string> Strings(ReadOnlySpan<byte> blob)
    {
        List<string> texts = [];
        while (!blob.IsEmpty)
        {
            int end = blob.IndexOf((byte)0);
            texts.Add(Encoding.UTF8.GetString(end < 0 ? blob : blob[..end]));
            blob = end < 0 ? [] : blob[(end + 1)..];
        }

        return texts;
    }

    private static string Names(ulong flags, (ulong Bit, string Name)[] names, string none)
    {
        StringBuilder text = new();
        foreach ((ulong bit, string name) in names)
        {
            if ((flags & bit) != 0)
            {
                text.Append(text.Length == 0 ? "" : "|").Append(name);
                flags &= ~bit;
            }
        }

        if (flags != 0)
        {
            text.Append(text.Length == 0 ? "" : "|").Append(CultureInfo.InvariantCulture, $"0x{flags:x}");
        }

        return text.Length == 0 ? none : text.ToString();
    }
}
