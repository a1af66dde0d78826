using MiniRun.Linux;
using MiniRun.Linux.Resctrl;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>The host's resctrl file system. Looked for only where a container asks for it.</summary>
internal static class HostResctrl
{
    /// <summary>Null where none is mounted.</summary>
    public static ResctrlHost? TryDetect() =>
#if MINIRUN_FAULTS
        PretendedResctrl.Asked() ?? ResctrlHost.TryDetect();
#else
        ResctrlHost.TryDetect();
#endif

    /// <exception cref="MiniRunException">None is mounted.</exception>
    public static ResctrlHost Detect(ContainerId id) => TryDetect()
        ?? throw new MiniRunException($"container {id} is in a class of service (linux.intelRdt), but resctrl is mounted no more: mount it (mount -t resctrl resctrl /sys/fs/resctrl), or make the container anew");

    /// <summary>What a plan must know of it.</summary>
    public static ResctrlFacts? FactsOf(ResctrlHost? host, IntelRdtSpec? rdt, ContainerId id)
    {
        if (host is null || rdt is null)
        {
            return null;
        }

        string closId = ResctrlPlacement.ClassOf(rdt, id);
        ResctrlGroup group = host.Group(ResctrlPath.Class(host.MountPoint, closId));
        bool monitored = rdt.EnableMonitoring && host.Group(ResctrlPath.Monitoring(host.MountPoint, closId, id.Value)).Exists;
        return new ResctrlFacts(host.MountPoint, group.Exists ? group.ReadSchemata() : null, monitored);
    }
}
