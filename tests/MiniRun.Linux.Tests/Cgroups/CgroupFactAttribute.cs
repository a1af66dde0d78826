using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Cgroups;

/// <summary>A test that makes a cgroup of its own below the host's cgroup2 mount; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CgroupFactAttribute : FactAttribute
{
    public CgroupFactAttribute()
    {
        if (Libc.geteuid() != 0 || CgroupHost.Detect().MountPoint is null)
        {
            Skip = "needs root and a cgroup2 mount";
        }
    }
}
