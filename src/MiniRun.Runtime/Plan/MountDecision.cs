using MiniRun.Linux;
using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>Decides how the entries of mounts[] come to be, and refuses what the plan cannot do.</summary>
internal sealed class MountDecision(LaunchRequest request, HostFacts facts, NamespaceLayout namespaces)
{
    /// <summary>All entries in the spec's order.</summary>
    public PlannedMount[] All()
    {
        IReadOnlyList<MountSpec> mounts = request.Spec.Mounts;
        PlannedMount[] planned = new PlannedMount[mounts.Count];
        for (int i = 0; i < planned.Length; i++)
        {
            planned[i] = Of(i, mounts[i]);
        }

        return planned;
    }

    private PlannedMount Of(int index, MountSpec mount)
    {
        MountOptions options = MountOptions.Parse(mount.Options);
        string type = options.Remount ? "remount" : options.Bind ? "bind" : mount.Type ?? "";
        PlannedMount planned = new()
        {
            Index = index,
            Origin = MountOrigin.New,
            Destination = ContainerPath.Clean(mount.Destination),
            Type = type,
            Source = mount.Source ?? type,
            Options = options,
            Subpath = mount.Subpath ?? "",
            NoLinks = mount.NoLinks,
            Layers = mount.Layers,
            IdMap = MountIdMap.Of(index, mount, request.Spec.Linux),
        };
        if (options.CopyUp && type != "tmpfs")
        {
            throw new MiniRunException($"mounts[{index}].options: tmpcopyup is for tmpfs, not for '{type}': remove it");
        }

        return type switch
        {
            "remount" => planned with { Origin = MountOrigin.Remount },
            "bind" => Bind(planned),
            "cgroup" or "cgroup2" => Cgroup(planned),
            "proc" => planned with { Origin = MountOrigin.NewBeforeRoot, Fallback = "/proc" },
            "sysfs" => planned with { Origin = MountOrigin.NewBeforeRoot, Fallback = "/sys" },
            "devpts" => WithoutUnmappedGroup(planned),
            _ => planned,
        };
    }

    private PlannedMount Bind(PlannedMount mount)
    {
        if (mount.Options.Data.Count > 0)
        {
            throw new MiniRunException($"mounts[{mount.Index}].options: a bind mount takes no option '{mount.Options.Data[0]}': it is no new file system; remove it");
        }

        if (mount.IdMap is not null && !facts.CanMount)
        {
            throw new MiniRunException($"mounts[{mount.Index}].options: id-mapping '{mount.Source}' needs CAP_SYS_ADMIN over its file system: run as root, or remove the mapping");
        }

        if (!facts.CanMount && (mount.Subpath.Length > 0 || mount.Layers.Count > 0))
        {
            // Init would have to follow the subpath by itself, and overlayfs in a user namespace does not take layers of other owners.
            throw new MiniRunException(mount.Subpath.Length > 0
                ? $"mounts[{mount.Index}]: volume-subpath '{mount.Subpath}' is followed by the launcher, which takes CAP_SYS_ADMIN: run as root, or mount the whole volume"
                : $"mounts[{mount.Index}]: an image of several layers is mounted by the launcher, which takes CAP_SYS_ADMIN: run as root");
        }

        string source = mount.Source.StartsWith('/') ? mount.Source : request.Bundle + "/" + mount.Source;
        return mount with
        {
            Origin = mount.Layers.Count > 0 ? MountOrigin.HostLayers : MountOrigin.HostTree,
            Source = source,

            // Below /sys lie other mounts, the cgroup tree above all: read-only means all of them (CVE-2023-25809).
            ForceReadonly = ContainerPath.IsAtOrBelow(ContainerPath.Clean(source), "/sys") && (mount.Options.Change.Set & MountFlags.MOUNT_ATTR_RDONLY) != 0,
        };
    }

    /// <summary>
    /// A cgroup namespace shows only its own part of the tree. Without one a user namespace cannot mount the tree, so the
    /// host's is shown, never writable (CVE-2023-25809); where the host has none, an empty folder keeps the place, as with runc.
    /// </summary>
    private PlannedMount Cgroup(PlannedMount mount)
    {
        if (namespaces.IsOwn(NamespaceType.Cgroup) || (facts.CanMount && !facts.InUserNamespace && !namespaces.HasUser))
        {
            return mount with { Type = "cgroup2" };
        }

        return facts.Cgroup is { } host
            ? mount with { Origin = MountOrigin.HostTree, Source = host.MountPoint, ForceReadonly = true }
            : mount with { Type = "tmpfs", Options = MountOptions.Parse(["ro", "nosuid", "nodev", "noexec", "mode=755", "nr_inodes=2"]) };
    }

    /// <summary>The usual gid=5 of devpts is refused by the kernel where the user namespace does not map it; the terminal's group is then root's, as with crun.</summary>
    private PlannedMount WithoutUnmappedGroup(PlannedMount mount)
    {
        List<string> data = mount.Options.Data;
        for (int i = data.Count - 1; i >= 0 && namespaces.UserIsNew; i--)
        {
            if (data[i].StartsWith("gid=", StringComparison.Ordinal)
                && uint.TryParse(data[i].AsSpan(4), out uint gid)
                && !IsMapped(gid, request.Spec.Linux.GidMappings))
            {
                data.RemoveAt(i);
            }
        }

        return mount;
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
