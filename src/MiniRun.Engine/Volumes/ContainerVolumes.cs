using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Volumes;

/// <summary>Makes what a container's mounts need, once, when the container is made: its volumes, their first contents, the owners that U asks for.</summary>
internal sealed class ContainerVolumes(DataRoot data)
{
    private readonly VolumeStore _store = new(data);

    /// <summary>For who holds the store's use, with the container's record written and its root there.</summary>
    /// <exception cref="MiniRunException">A kernel call failed, or a mount cannot be.</exception>
    internal void Make(PreparedContainer prepared, IReadOnlySet<VolumeName> anonymous)
    {
        foreach (UserMount mount in prepared.Request.Files.Mounts)
        {
            if (mount is VolumeMount volume)
            {
                Make(volume, prepared, anonymous);
            }

            if (mount is SourcedMount { ChangeOwner: true } owned)
            {
                ChangeOwner(owned, prepared);
            }
        }
    }

    private void Make(VolumeMount volume, PreparedContainer prepared, IReadOnlySet<VolumeName> anonymous)
    {
        VolumeName name = volume.Name!.Value;
        _store.Make(new Volume
        {
            Name = name,
            Created = DateTimeOffset.UtcNow,
            Labels = anonymous.Contains(name) ? [KeyValuePair.Create(Volume.AnonymousLabel, "")] : [],
        });
        if (!volume.NoCopy && volume.Subpath is null && prepared.Sources[volume.Destination] is MountSource.Folder folder)
        {
            new VolumeFilling(data).Fill(name, folder.Path, volume.Destination, Layers(prepared.Create.Root));
        }
    }

    private static IReadOnlyList<string> Layers(RootSource root) => root switch
    {
        RootSource.Overlay overlay => overlay.Lower,
        RootSource.Folder copy => [copy.Path],
        _ => throw new InvalidOperationException("an unknown kind of root"),
    };

    private static void ChangeOwner(SourcedMount mount, PreparedContainer prepared)
    {
        MountSource? source = prepared.Sources.GetValueOrDefault(mount.Destination);
        string? path = mount is BindMount bind ? bind.Resolved : (source as MountSource.Folder)?.Path;
        if (path is null)
        {
            return; // a tmpfs is the container's own
        }

        if (mount.IdMap is { } maps && maps.Contains('=', StringComparison.Ordinal))
        {
            throw new MiniRunException($"{mount.Origin}: U and maps of the mount's own contradict each other: leave one out");
        }

        RuntimeSpec spec = prepared.Bundle.Spec;
        UserSpec user = spec.Process!.User;

        // Through an id mapping the container sees the ids of the disk as its own.
        bool mapped = mount.IdMap is not null || source is MountSource.Folder { IsOwn: true } && prepared.Create.IdMapRoot;
        OwnerChange.Apply(
            path,
            mapped ? user.Uid : OnHost(user.Uid, spec.Linux.UidMappings),
            mapped ? user.Gid : OnHost(user.Gid, spec.Linux.GidMappings),
            mount.Origin,
            isOwn: source is MountSource.Folder { IsOwn: true });
    }

    /// <summary>Without a user namespace the id itself; ids that one lacks were refused before.</summary>
    private static uint OnHost(uint id, IReadOnlyList<IdMapping> mappings) => IdMapping.ToHost(mappings, id) ?? id;
}
