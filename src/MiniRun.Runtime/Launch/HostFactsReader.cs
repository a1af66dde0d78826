using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>Gathers what the plan must know of this process and its host: two small files of procfs, and mountinfo where a cgroup is wanted.</summary>
public static class HostFactsReader
{
    public static HostFacts Read(CgroupHost? cgroups, bool weighsBlockIo = false, bool labels = false)
    {
        ProcessStatus self = ProcessStatus.ReadSelf();
        return new HostFacts
        {
            Uid = self.Uid.Effective,
            Gid = self.Gid.Effective,
            InUserNamespace = InUserNamespace(),
            Effective = new CapabilitySet(self.Effective),
            Modules = labels ? SecurityModules.Detect() : SecurityModules.None,
            Bounding = new CapabilitySet(self.Bounding),
            Cgroup = cgroups?.MountPoint is null ? null : new CgroupFacts(cgroups.MountPoint, weighsBlockIo && CgroupHost.WeighsWithBfq()) { Controllers = cgroups.Controllers },
        };
    }

    /// <summary>Whether this process lives in another than the initial user namespace, which alone maps every id to itself.</summary>
    public static bool InUserNamespace()
    {
        Span<byte> map = stackalloc byte[64];
        ReadOnlySpan<byte> text = map[..HostFile.ReadInto("/proc/self/uid_map", map)];
        return !text.Trim(" \n"u8).EndsWith("4294967295"u8);
    }
}
