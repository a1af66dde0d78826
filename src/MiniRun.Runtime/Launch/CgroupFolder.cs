using MiniRun.Linux;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Runtime.Launch;

/// <summary>A container's cgroup by its absolute folder, as plans and state.json name it.</summary>
internal static class CgroupFolder
{
    /// <summary>Below this cgroup everything is minirun's own, and goes when it is empty.</summary>
    private const string OwnParent = "/minirun/";

    private static readonly TimeSpan RemovalTime = TimeSpan.FromSeconds(10);

    /// <exception cref="MiniRunException">The folder lies elsewhere than the host's cgroup2 mount.</exception>
    public static CgroupPath PathOf(CgroupHost host, string folder)
    {
        if (host.MountPoint is { } mount && folder.StartsWith(mount, StringComparison.Ordinal))
        {
            return CgroupPath.Parse(folder[mount.Length..]);
        }

        throw new MiniRunException($"cgroup {folder}: it lies outside the cgroup2 mount {host.MountPoint ?? "(none)"}: mount cgroup2 where it was when the container was made");
    }

    /// <summary>Opens it; null where there is none.</summary>
    public static Cgroup? TryOpen(CgroupHost host, string folder) => Cgroup.TryOpen(host, PathOf(host, folder));

    /// <summary>
    /// Refuses a cgroup in which processes live already. Asked before the container's state names it: whoever clears up after a
    /// launcher that died kills what is in the cgroup that the state names.
    /// </summary>
    /// <exception cref="LaunchException">Processes are in it.</exception>
    public static void RequireFree(CgroupHost host, string folder)
    {
        using Cgroup? cgroup = TryOpen(host, folder);
        if (cgroup is { Populated: true })
        {
            throw Taken(folder);
        }
    }

    public static LaunchException Taken(string folder) =>
        new($"cgroup {folder}: processes of another container or of the host are in it: choose another cgroupsPath, or remove them");

    /// <summary>Kills whatever is in it and removes it, and minirun's own parent when that became empty. Without one there nothing happens.</summary>
    public static void Remove(CgroupHost host, string folder)
    {
        CgroupPath path = PathOf(host, folder);
        using Cgroup? cgroup = path == CgroupPath.Root ? null : Cgroup.TryOpen(host, path);
        if (cgroup is null)
        {
            return;
        }

        if (cgroup.Populated)
        {
            cgroup.Kill();
        }

        cgroup.Remove(RemovalTime, path.Text.StartsWith(OwnParent, StringComparison.Ordinal));
    }
}
