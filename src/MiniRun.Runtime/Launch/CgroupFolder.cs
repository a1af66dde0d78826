using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Systemd;

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

    /// <summary>Whether the kernel has killed a process in it for want of memory. Asked before it is removed, because the count goes with it.</summary>
    public static bool WasOutOfMemory(CgroupHost host, string folder)
    {
        using Cgroup? cgroup = TryOpen(host, folder);
        return cgroup is { OomKills: > 0 };
    }

    /// <summary>
    /// Refuses a cgroup in which processes live already, or none could run. Asked before the container's state names it: whoever clears up after a
    /// launcher that died kills what is in the cgroup that the state names.
    /// </summary>
    /// <exception cref="LaunchException">Processes are in it, or it is frozen.</exception>
    public static void RequireFree(CgroupHost host, string folder)
    {
        using Cgroup? cgroup = TryOpen(host, folder);
        if (cgroup is { Populated: true })
        {
            throw Taken(folder);
        }

        if (cgroup is { Frozen: true })
        {
            throw Frozen(folder);
        }
    }

    /// <summary>clone3 into a frozen cgroup would not return: with CLONE_VFORK it waits for a child that never runs.</summary>
    public static LaunchException Frozen(string folder) =>
        new($"cgroup {folder}: it or one above it is frozen, so nothing could run in it: write 0 to its cgroup.freeze, or choose another cgroupsPath");

    public static LaunchException Taken(string folder) =>
        new($"cgroup {folder}: processes of another container or of the host are in it: choose another cgroupsPath, or remove them");

    /// <summary>Kills whatever is in it and removes it, with its scope or, when that became empty, minirun's own parent. Without one there nothing happens.</summary>
    public static void Remove(CgroupHost host, string folder, SystemdScope? scope)
    {
        Remove(host, folder);
        if (scope is not null)
        {
            Stop(scope);
        }
    }

    private static void Remove(CgroupHost host, string folder)
    {
        try
        {
            RemovePresent(host, folder);
        }
        catch (SyscallException gone) when (gone.Errno is Errno.ENOENT or Errno.ENODEV)
        {
            // systemd removes the cgroup of a scope without processes itself, perhaps just now.
        }
    }

    /// <summary>Waits for the end of a scope without processes, so that its name is free. systemd ends it also without being asked: if it cannot be reached (the user's session is over), nothing is left for it to do.</summary>
    private static void Stop(SystemdScope scope)
    {
        try
        {
            using SystemdManager manager = SystemdManager.Open(scope.User);
            manager.StopUnit(scope.Unit);
        }
        catch (MiniRunException)
        {
        }
    }

    private static void RemovePresent(CgroupHost host, string folder)
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
