using System.Globalization;
using System.Text;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The id mapping of a bind mount: the container's own, or maps of the mount's.</summary>
internal sealed record MountIdMap(IdMapOrigin Origin, bool Recursive)
{
    /// <summary>Lines of a uid_map: id on the disk, id the host sees, count; for a joined user namespace its path.</summary>
    public string Text1 { get; init; } = "";

    /// <summary>Lines of a gid_map.</summary>
    public string Text2 { get; init; } = "";

    /// <summary>null where none is asked for.</summary>
    /// <exception cref="MiniRunException">A range is relative to ids that the container does not have.</exception>
    public static MountIdMap? Of(int index, MountSpec mount, LinuxSpec linux)
    {
        IdMapOption? option = LastOption(mount.Options);
        bool recursive = option is { Recursive: true };
        if (mount.UidMappings.Count > 0)
        {
            return new MountIdMap(IdMapOrigin.Own, recursive) { Text1 = Lines(mount.UidMappings), Text2 = Lines(mount.GidMappings) };
        }

        if (option is { HasMaps: true })
        {
            return new MountIdMap(IdMapOrigin.Own, recursive)
            {
                Text1 = Lines(OnHost(index, option.Uids, linux.UidMappings)),
                Text2 = Lines(OnHost(index, option.Gids, linux.GidMappings)),
            };
        }

        return option is null ? null : OfContainer(linux, recursive);
    }

    /// <summary>The text of a uid_map or gid_map.</summary>
    public static string Lines(IReadOnlyList<IdMapping> mappings)
    {
        StringBuilder lines = new();
        foreach (IdMapping mapping in mappings)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{mapping.ContainerId} {mapping.HostId} {mapping.Size}\n");
        }

        return lines.ToString();
    }

    private static MountIdMap OfContainer(LinuxSpec linux, bool recursive)
    {
        foreach (NamespaceSpec entry in linux.Namespaces)
        {
            if (entry.Type == NamespaceType.User && !string.IsNullOrEmpty(entry.Path))
            {
                return new MountIdMap(IdMapOrigin.JoinedNamespace, recursive) { Text1 = entry.Path };
            }
        }

        return new MountIdMap(IdMapOrigin.Container, recursive);
    }

    private static IdMapOption? LastOption(IReadOnlyList<string> words)
    {
        IdMapOption? last = null;
        for (int i = 0; i < words.Count; i++)
        {
            last = IdMapOption.IsIdMap(words[i]) ? IdMapOption.TryParse(words[i]) : last;
        }

        return last;
    }

    private static IdMapping[] OnHost(int index, IReadOnlyList<IdMapOption.Ranges> ranges, IReadOnlyList<IdMapping> container)
    {
        IdMapping[] mappings = new IdMapping[ranges.Count];
        for (int i = 0; i < mappings.Length; i++)
        {
            IdMapping mapping = ranges[i].Mapping;
            mappings[i] = ranges[i].OfContainer ? mapping with { HostId = OnHost(index, mapping, container) } : mapping;
        }

        return mappings;
    }

    private static uint OnHost(int index, IdMapping range, IReadOnlyList<IdMapping> container)
    {
        foreach (IdMapping mapping in container)
        {
            if (range.HostId >= mapping.ContainerId && (ulong)range.HostId + range.Size <= (ulong)mapping.ContainerId + mapping.Size)
            {
                return mapping.HostId + (range.HostId - mapping.ContainerId);
            }
        }

        throw new MiniRunException($"mounts[{index}].options: @{range.ContainerId}-{range.HostId}-{range.Size}: the container's user namespace does not map these ids in one range: map them in linux.uidMappings and linux.gidMappings, or write the host's ids without @");
    }
}
