using MiniRun.Linux.Files;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>
/// A namespace joined by path may be the launcher's own, and then what the container changes of it is changed for the host.
/// The validator sees a path only; what it leads to is known here.
/// </summary>
internal static class OwnNamespaces
{
    /// <exception cref="LaunchException">The container would change the host's root, name or kernel parameters.</exception>
    public static void Check(RuntimeSpec spec)
    {
        foreach (NamespaceSpec entry in spec.Linux.Namespaces)
        {
            if (!string.IsNullOrEmpty(entry.Path) && ChangeOf(entry.Type, spec) is { } change && IsOwn(entry))
            {
                throw new LaunchException($"linux.namespaces: {entry.Path} is the {entry.Type.Word()} namespace minirun itself runs in: {change} would be the host's: give another path, or none");
            }
        }
    }

    /// <summary>What of this kind of namespace the specification changes; null for nothing.</summary>
    private static string? ChangeOf(NamespaceType type, RuntimeSpec spec) => type switch
    {
        NamespaceType.Mount => "the root that is exchanged",
        NamespaceType.Uts when !string.IsNullOrEmpty(spec.Hostname) => "the hostname that is set",
        NamespaceType.Uts when !string.IsNullOrEmpty(spec.Domainname) => "the domainname that is set",
        NamespaceType.Uts or NamespaceType.Ipc or NamespaceType.Network when SetsParameterOf(type, spec) => "a kernel parameter that is set",
        _ => null,
    };

    /// <summary>The validator lets only parameters of these three kinds of namespaces through.</summary>
    private static bool SetsParameterOf(NamespaceType type, RuntimeSpec spec)
    {
        foreach (string key in spec.Linux.Sysctl.Keys)
        {
            NamespaceType holder = SysctlKey.FileOf(key) switch
            {
                "kernel/domainname" => NamespaceType.Uts,
                { } file when file.StartsWith("net/", StringComparison.Ordinal) => NamespaceType.Network,
                _ => NamespaceType.Ipc,
            };
            if (holder == type)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOwn(NamespaceSpec entry)
    {
        string file = entry.Type switch { NamespaceType.Mount => "mnt", NamespaceType.Uts => "uts", NamespaceType.Ipc => "ipc", _ => "net" };
        return FileStatus.Of(entry.Path!) is { } joined && FileStatus.Of("/proc/self/ns/" + file) is { } own
            && joined.Inode == own.Inode && joined.DeviceMinor == own.DeviceMinor && joined.DeviceMajor == own.DeviceMajor;
    }
}
