namespace MiniRun.Runtime.Spec;

/// <summary>The words config.json has for namespaces.</summary>
public static class NamespaceWords
{
    internal const string All = "mount, pid, network, uts, ipc, user, cgroup and time";

    /// <summary>Every namespace there is.</summary>
    public static IReadOnlyList<NamespaceType> Types() =>
    [
        NamespaceType.Cgroup, NamespaceType.Ipc, NamespaceType.Mount, NamespaceType.Network, NamespaceType.Pid, NamespaceType.Time, NamespaceType.User, NamespaceType.Uts,
    ];

    /// <summary>The namespace of a word, or null.</summary>
    public static NamespaceType? Parse(string word) => word switch
    {
        "mount" => NamespaceType.Mount,
        "pid" => NamespaceType.Pid,
        "network" => NamespaceType.Network,
        "uts" => NamespaceType.Uts,
        "ipc" => NamespaceType.Ipc,
        "user" => NamespaceType.User,
        "cgroup" => NamespaceType.Cgroup,
        "time" => NamespaceType.Time,
        _ => null,
    };

    /// <summary>The word of a namespace.</summary>
    public static string Word(this NamespaceType type) => type switch
    {
        NamespaceType.Mount => "mount",
        NamespaceType.Pid => "pid",
        NamespaceType.Network => "network",
        NamespaceType.Uts => "uts",
        NamespaceType.Ipc => "ipc",
        NamespaceType.User => "user",
        NamespaceType.Cgroup => "cgroup",
        NamespaceType.Time => "time",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not one namespace"),
    };
}
