namespace MiniRun.Linux.Resctrl;

/// <summary>Where the groups of a resctrl mount are.</summary>
public static class ResctrlPath
{
    /// <summary>The class of service every process is in at first: the file system's own root.</summary>
    public const string DefaultClass = "/";

    /// <summary>The folder of a class of service.</summary>
    public static string Class(string mountPoint, string closId) => closId == DefaultClass ? mountPoint : mountPoint + "/" + closId;

    /// <summary>The folder of a group of a class whose use of cache and memory is counted by itself.</summary>
    public static string Monitoring(string mountPoint, string closId, string name) => Class(mountPoint, closId) + "/mon_groups/" + name;
}
