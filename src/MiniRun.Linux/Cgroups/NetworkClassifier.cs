namespace MiniRun.Linux.Cgroups;

/// <summary>cgroup v1's net_cls and net_prio, which cgroup v2 has not.</summary>
public static class NetworkClassifier
{
    /// <summary>Refuses a class or priorities; null, 0 and none are fine, since engines send them.</summary>
    /// <exception cref="MiniRunException">A class id or a priority was asked for.</exception>
    public static void Refuse(uint? classId, int priorities)
    {
        if (classId is not (null or 0))
        {
            throw new MiniRunException("network.classID (net_cls) exists only in cgroup v1: remove it, and match cgroups in nftables (socket cgroupv2) instead");
        }

        if (priorities != 0)
        {
            throw new MiniRunException("network.priorities (net_prio) exists only in cgroup v1: remove it, and match cgroups in nftables (socket cgroupv2) instead");
        }
    }
}
