using MiniRun.Linux;
using MiniRun.Linux.Resctrl;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The groups of resctrl that a container is in.</summary>
internal static class ContainerResctrl
{
    /// <summary>
    /// Removes what was made for the container, whose processes have ended. A class that the configuration names may have come to be
    /// others' too: it stays while a process is in it. A mount that is gone has taken its groups along.
    /// </summary>
    /// <exception cref="MiniRunException">A group cannot be read or removed.</exception>
    public static void Remove(ContainerId id, ResctrlPlacement placement)
    {
        if (HostResctrl.TryDetect() is { } host)
        {
            Remove(host, id, placement);
        }
    }

    /// <summary>The same below a given mount.</summary>
    public static void Remove(ResctrlHost host, ContainerId id, ResctrlPlacement placement)
    {
        if (placement.Monitors)
        {
            host.Group(ResctrlPath.Monitoring(host.MountPoint, placement.ClosId, id.Value)).Remove();
        }

        ResctrlGroup group = host.Group(ResctrlPath.Class(host.MountPoint, placement.ClosId));
        if (placement.MakesClass && group.Exists && (placement.ClosId == id.Value || group.IsEmpty))
        {
            group.Remove();
        }
    }

    /// <summary>Sets the container's class anew; returns what it had.</summary>
    /// <exception cref="MiniRunException">The container has none, the class is the host's own, or the kernel refuses.</exception>
    public static string Update(ContainerState state, IReadOnlyList<string> schemata)
    {
        ResctrlGroup group = ClassOf(state);
        string before = group.ReadSchemata();
        try
        {
            Write(group, schemata);
        }
        catch (MiniRunException)
        {
            Restore(group, before);
            throw;
        }

        return before;
    }

    /// <summary>Takes an update back after another failure, which is the one that is reported.</summary>
    public static void Restore(ContainerState state, string before) => Restore(ClassOf(state), before);

    private static void Restore(ResctrlGroup group, string before)
    {
        try
        {
            group.WriteSchemata(before.TrimEnd('\n'));
        }
        catch (MiniRunException)
        {
        }
    }

    private static void Write(ResctrlGroup group, IReadOnlyList<string> schemata)
    {
        for (int i = 0; i < schemata.Count; i++)
        {
            group.WriteSchemata(schemata[i]);
        }
    }

    private static ResctrlGroup ClassOf(ContainerState state)
    {
        string closId = state.Resctrl?.ClosId
            ?? throw new MiniRunException($"cannot update container {state.Id}: it is in no class of service of its own: create it with linux.intelRdt");
        if (closId == ResctrlPath.DefaultClass)
        {
            throw new MiniRunException($"cannot update container {state.Id}: its class of service is the host's own (linux.intelRdt.closID \"/\"): create it with another");
        }

        ResctrlHost host = HostResctrl.Detect(state.Id);
        return host.Group(ResctrlPath.Class(host.MountPoint, closId));
    }
}
