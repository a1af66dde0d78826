using MiniRun.Linux;
using MiniRun.Linux.Resctrl;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>Which groups of resctrl a container is in, and which of them are made for it. Source: config-linux.md#intelrdt.</summary>
/// <param name="ClosId">The class of service.</param>
/// <param name="MakesClass">Whether the class is made for this container.</param>
/// <param name="Monitors">Whether a monitoring group of the container's name is made in the class.</param>
public sealed record ResctrlPlacement(string ClosId, bool MakesClass, bool Monitors)
{
    /// <summary>The class a container asks for: by its name, or one of the container's own.</summary>
    public static string ClassOf(IntelRdtSpec rdt, ContainerId id) => string.IsNullOrEmpty(rdt.ClosId) ? id.Value : rdt.ClosId;

    /// <exception cref="MiniRunException">There is no resctrl, no such class, or one that is set otherwise.</exception>
    public static ResctrlPlacement Of(IntelRdtSpec rdt, ContainerId id, ResctrlFacts? facts)
    {
        if (facts is null)
        {
            throw new MiniRunException("linux.intelRdt: no resctrl file system is mounted here: mount it (mount -t resctrl resctrl /sys/fs/resctrl, which takes a processor with Intel RDT), or leave linux.intelRdt out");
        }

        string closId = ClassOf(rdt, id);
        string folder = ResctrlPath.Class(facts.MountPoint, closId);
        IReadOnlyList<string> wanted = rdt.SchemataToWrite();
        if (string.IsNullOrEmpty(rdt.ClosId))
        {
            RequireNew(folder, facts.Schemata is not null);
        }
        else if (facts.Schemata is not null)
        {
            RequireSame(folder, facts.Schemata, wanted);
        }
        else if (wanted.Count == 0)
        {
            throw new MiniRunException($"linux.intelRdt.closID {Shown.Quote(closId)}: there is no {folder}, and no schemata to make it with: make it first (mkdir), or give linux.intelRdt.schemata");
        }

        if (rdt.EnableMonitoring)
        {
            RequireNew(ResctrlPath.Monitoring(facts.MountPoint, closId, id.Value), facts.HasMonitoring);
        }

        return new ResctrlPlacement(closId, facts.Schemata is null, rdt.EnableMonitoring);
    }

    /// <summary>The folders whose tasks the container's processes are, in the order of writing: the kernel lets a process only into a monitoring group of its own class.</summary>
    public IReadOnlyList<string> Folders(string mountPoint, ContainerId id)
    {
        string folder = ResctrlPath.Class(mountPoint, ClosId);
        return Monitors ? [folder, ResctrlPath.Monitoring(mountPoint, ClosId, id.Value)] : [folder];
    }

    private static void RequireNew(string folder, bool exists)
    {
        if (exists)
        {
            throw new MiniRunException($"linux.intelRdt: {folder} is there already and not this container's: remove it (rmdir), give the container another id, or name a class to share as linux.intelRdt.closID");
        }
    }

    private static void RequireSame(string folder, string present, IReadOnlyList<string> wanted)
    {
        if (Schemata.FirstDifference(present, wanted) is { } difference)
        {
            throw new MiniRunException($"linux.intelRdt: {folder}/schemata is not set to {Shown.Quote(difference)}, and the class is others' too: ask for what it has, leave the schemata out, or choose another closID");
        }
    }
}
