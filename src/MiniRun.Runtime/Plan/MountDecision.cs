using MiniRun.Linux;
using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>Decides how one entry of mounts[] comes to be, and refuses what the plan cannot do.</summary>
internal static class MountDecision
{
    public static PlannedMount Of(int index, MountSpec mount, LaunchRequest request, HostFacts facts, NamespaceLayout namespaces)
    {
        MountOptions options = MountOptions.Parse(mount.Options);
        string destination = ContainerPath.Clean(mount.Destination);
        if (options.Remount)
        {
            return Planned(index, MountOrigin.Remount, destination, "", "", options);
        }

        string type = options.Bind ? "bind" : mount.Type ?? "";
        return type switch
        {
            "bind" => Bind(index, mount, destination, options, request),
            "cgroup" or "cgroup2" => Cgroup(index, mount, destination, options, facts, namespaces),
            "proc" or "sysfs" => Planned(index, MountOrigin.NewBeforeRoot, destination, type, mount.Source ?? type, options, type == "proc" ? "/proc" : "/sys"),
            _ => Planned(index, MountOrigin.New, destination, type, mount.Source ?? type, WithoutUnmappedGroup(type, options, request.Spec, namespaces)),
        };
    }

    private static PlannedMount Planned(int index, MountOrigin origin, string destination, string type, string source, MountOptions options, string fallback = "", bool forceReadonly = false) => new()
    {
        Index = index,
        Origin = origin,
        Destination = destination,
        Type = type,
        Source = source,
        Options = options,
        Fallback = fallback,
        ForceReadonly = forceReadonly,
    };

    private static PlannedMount Bind(int index, MountSpec mount, string destination, MountOptions options, LaunchRequest request)
    {
        if (options.Data.Count > 0)
        {
            throw new MiniRunException($"mounts[{index}].options: a bind mount takes no option '{options.Data[0]}': it is no new file system; remove it");
        }

        string source = mount.Source!.StartsWith('/') ? mount.Source : request.Bundle + "/" + mount.Source;

        // Below /sys lie other mounts, the cgroup tree above all: read-only means all of them (CVE-2023-25809).
        bool whole = ContainerPath.IsAtOrBelow(ContainerPath.Clean(source), "/sys") && (options.Change.Set & MountFlags.MOUNT_ATTR_RDONLY) != 0;
        return Planned(index, MountOrigin.HostTree, destination, "", source, options, "", whole);
    }

    /// <summary>A cgroup namespace shows only its own part of the tree. Without one a user namespace cannot mount the tree, so the host's is shown, never writable (CVE-2023-25809).</summary>
    private static PlannedMount Cgroup(int index, MountSpec mount, string destination, MountOptions options, HostFacts facts, NamespaceLayout namespaces)
    {
        if (namespaces.IsOwn(NamespaceType.Cgroup) || (facts.CanMount && !facts.InUserNamespace && !namespaces.HasUser))
        {
            return Planned(index, MountOrigin.New, destination, "cgroup2", mount.Source ?? "cgroup", options);
        }

        if (facts.Cgroup is null)
        {
            throw new MiniRunException($"mounts[{index}]: the host has no cgroup2 mount and a user namespace without a cgroup namespace cannot make one: add {{\"type\": \"cgroup\"}} to linux.namespaces");
        }

        return Planned(index, MountOrigin.HostTree, destination, "", facts.Cgroup.MountPoint, options, "", forceReadonly: true);
    }

    /// <summary>The usual gid=5 of devpts is refused by the kernel where the user namespace does not map it; the terminal's group is then root's, as with crun.</summary>
    private static MountOptions WithoutUnmappedGroup(string type, MountOptions options, RuntimeSpec spec, NamespaceLayout namespaces)
    {
        if (type != "devpts" || !namespaces.UserIsNew)
        {
            return options;
        }

        for (int i = options.Data.Count - 1; i >= 0; i--)
        {
            if (options.Data[i].StartsWith("gid=", StringComparison.Ordinal)
                && uint.TryParse(options.Data[i].AsSpan(4), out uint gid)
                && !IsMapped(gid, spec.Linux.GidMappings))
            {
                options.Data.RemoveAt(i);
            }
        }

        return options;
    }

    private static bool IsMapped(uint id, IReadOnlyList<IdMapping> mappings)
    {
        for (int i = 0; i < mappings.Count; i++)
        {
            if (id >= mappings[i].ContainerId && id - mappings[i].ContainerId < mappings[i].Size)
            {
                return true;
            }
        }

        return false;
    }
}
