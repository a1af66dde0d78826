#if MINIRUN_FAULTS
using MiniRun.Linux.Files;
using MiniRun.Linux.Resctrl;

namespace MiniRun.Runtime.Launch;

/// <summary>
/// A folder that stands for a resctrl mount, for machines without Intel RDT: fault-injection builds take it from MINIRUN_RESCTRL.
/// As the kernel does, it fills a new group and clears a removed one; unlike the kernel, it never refuses.
/// </summary>
internal sealed class PretendedResctrl(string mountPoint) : ResctrlHost(mountPoint)
{
    private const int LargestFile = 1 << 16;

    /// <summary>The one asked for, or null.</summary>
    public static PretendedResctrl? Asked() => Environment.GetEnvironmentVariable("MINIRUN_RESCTRL") is { Length: > 0 } folder ? new(folder) : null;

    public override void Make(string folder)
    {
        base.Make(folder);
        Fill(folder, "tasks", "");
        Fill(folder, "schemata", HostFile.ReadText(MountPoint + "/schemata", LargestFile));
        HostDirectory.Make(folder + "/mon_groups");
    }

    public override void Remove(string folder)
    {
        if (FileStatus.Of(folder) is not null)
        {
            TreeRemoval.Remove(folder);
        }
    }

    private static void Fill(string folder, string name, string text) => File.WriteAllText(folder + "/" + name, text);
}
#endif
