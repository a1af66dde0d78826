using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;

namespace MiniRun.Engine.Lookups;

/// <summary>Where a container's cgroup goes: below /minirun for root, beside the caller's own where that is delegated, else nowhere.</summary>
internal static class CgroupLookup
{
    /// <summary>The controllers that `stats` needs: what a container used before one is enabled is never counted, so they are from its start.</summary>
    internal static IReadOnlyList<string> Counting { get; } = ["memory", "io", "pids"];

    /// <summary>The path as linux.cgroupsPath has it, or null for no cgroup (asking for a limit is then an error).</summary>
    /// <param name="id">The container.</param>
    /// <param name="parent">--cgroup-parent; null where it was not given.</param>
    /// <exception cref="MiniRunException">The parent is not this user's to make cgroups in.</exception>
    internal static string? PathFor(ContainerId id, string? parent)
    {
        uint uid = CurrentProcess.EffectiveUid;
        if (parent is not null)
        {
            return $"{Parent(parent, uid)}/{id.Value}";
        }

        if (uid == 0)
        {
            return $"/minirun/{id.Value}";
        }

        CgroupHost host = CgroupHost.Detect();
        int slash = host.OwnPath.LastIndexOf('/');
        if (host.MountPoint is null || slash <= 0)
        {
            return null;
        }

        // Delegation is ownership (systemd's user@.service); the sibling is made in the folder above the caller's own.
        string above = host.MountPoint + host.OwnPath[..slash];
        return FileStatus.Of(above) is { } folder && folder.Uid == uid ? $"minirun-{id.Value}" : null;
    }

    /// <summary>A relative one is below the tree's root for root, else beside the caller's own cgroup.</summary>
    private static string Parent(string parent, uint uid)
    {
        string path = CgroupPath.Parse("/" + parent).Text;
        if (uid == 0)
        {
            return path;
        }

        CgroupHost host = CgroupHost.Detect();
        if (!parent.StartsWith('/'))
        {
            path = host.OwnPath[..Math.Max(host.OwnPath.LastIndexOf('/'), 0)] + path;
        }

        return host.MountPoint is { } mount && FileStatus.Of(mount + path) is { } folder && folder.Uid == uid
            ? path
            : throw new MiniRunException($"--cgroup-parent {parent}: {path} is not a cgroup of this user's: make it in a delegated cgroup (systemd-run --user --scope -p Delegate=yes), or leave the option out");
    }
}
