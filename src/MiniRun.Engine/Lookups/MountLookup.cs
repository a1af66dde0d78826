using MiniRun.Engine.Bundles;
using MiniRun.Engine.Images;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;

namespace MiniRun.Engine.Lookups;

/// <summary>What the volumes and images among a container's mounts are on this host.</summary>
internal static class MountLookup
{
    /// <param name="mounts">The decided ones: each volume has its name.</param>
    /// <param name="images">The images of image mounts, by destination.</param>
    /// <param name="data">Where volumes are.</param>
    /// <exception cref="MiniRunException">A volume's description is damaged.</exception>
    internal static IReadOnlyDictionary<string, MountSource> Sources(IReadOnlyList<UserMount> mounts, IReadOnlyDictionary<string, Image> images, DataRoot data)
    {
        Dictionary<string, MountSource> sources = [];
        foreach (UserMount mount in mounts)
        {
            MountSource? source = mount switch
            {
                VolumeMount { Name: { } name } volume => Of(name, volume.Resolved, new VolumeStore(data)),
                ImageMount image => new MountSource.Layers(images[image.Destination].Layers),
                _ => null,
            };
            if (source is not null)
            {
                sources[mount.Destination] = source;
            }
        }

        return sources;
    }

    private static MountSource Of(VolumeName name, string? resolved, VolumeStore store) => store.Find(name)?.Options switch
    {
        { Device: { } device } => new MountSource.Folder(resolved ?? device, IsOwn: false),
        { Memory: { } options } => new MountSource.Memory(options),
        _ => new MountSource.Folder(store.FilesOf(name), IsOwn: true),
    };
}
