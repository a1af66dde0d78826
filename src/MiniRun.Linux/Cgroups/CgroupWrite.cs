namespace MiniRun.Linux.Cgroups;

/// <summary>One value for one file of a cgroup: "cpu.max" ← "50000 100000".</summary>
public readonly record struct CgroupWrite(string File, string Value)
{
    /// <summary>The controller that owns the file ("cpu" of "cpu.max"); "" for the files every cgroup has ("cgroup.freeze").</summary>
    public string Controller => ControllerOf(File);

    /// <summary>Says which controller owns a file, by its name up to the first dot.</summary>
    public static string ControllerOf(string file)
    {
        int dot = file.IndexOf('.', StringComparison.Ordinal);
        string prefix = dot < 0 ? "" : file[..dot];
        return prefix == "cgroup" ? "" : prefix;
    }
}
