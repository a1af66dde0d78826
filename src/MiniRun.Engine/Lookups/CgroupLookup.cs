using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;

namespace MiniRun.Engine.Lookups;

/// <summary>Where a container's cgroup goes: below /minirun for root, beside the caller's own where that is delegated, else nowhere.</summary>
internal static class CgroupLookup
{
    /// <summary>The path as linux.cgroupsPath has it, or null for no cgroup (asking for a limit is then an error).</summary>
    internal static string? PathFor(ContainerId id)
    {
        uint uid = CurrentProcess.EffectiveUid;
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
        string parent = host.MountPoint + host.OwnPath[..slash];
        return FileStatus.Of(parent) is { } folder && folder.Uid == uid ? $"minirun-{id.Value}" : null;
    }
}
