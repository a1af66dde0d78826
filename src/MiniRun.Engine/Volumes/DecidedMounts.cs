using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;

namespace MiniRun.Engine.Volumes;

/// <summary>What is mounted in a container, once and for all: each place once, each volume with its name. Pure.</summary>
/// <param name="Anonymous">Those of the volumes that nobody named.</param>
public sealed record DecidedMounts(IReadOnlyList<UserMount> Mounts, IReadOnlySet<VolumeName> Anonymous)
{
    /// <summary>Decides by docker's rule: what is asked for by name comes first, then other containers' mounts (the last of them wins), then volumes that stand back.</summary>
    /// <param name="asked">The request's mounts.</param>
    /// <param name="imageVolumes">The image's VOLUMEs.</param>
    /// <param name="inherited">The mounts of --volumes-from.</param>
    /// <param name="newName">Makes a name up.</param>
    /// <exception cref="MiniRunException">Two mounts are asked for in one place.</exception>
    public static DecidedMounts Of(IReadOnlyList<UserMount> asked, IReadOnlyList<string> imageVolumes, DecidedMounts inherited, Func<VolumeName> newName)
    {
        List<UserMount> mounts = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        HashSet<VolumeName> anonymous = [.. inherited.Anonymous];
        foreach (UserMount mount in asked)
        {
            if (mount is not VolumeMount { Yields: true })
            {
                mounts.Add(taken.Add(mount.Destination) ? Named(mount) : throw new MiniRunException($"Duplicate mount point: {mount.Destination} (the second one is {mount.Origin})"));
            }
        }

        for (int i = inherited.Mounts.Count - 1; i >= 0; i--)
        {
            if (taken.Add(inherited.Mounts[i].Destination))
            {
                mounts.Add(inherited.Mounts[i]);
            }
        }

        foreach (UserMount mount in asked)
        {
            if (mount is VolumeMount { Yields: true } && taken.Add(mount.Destination))
            {
                mounts.Add(Named(mount));
            }
        }

        foreach (string volume in imageVolumes)
        {
            string destination = UserMount.CheckedDestination(volume, volume, "the image's VOLUME");
            if (taken.Add(destination))
            {
                mounts.Add(Named(new VolumeMount { Destination = destination, Origin = $"the image's VOLUME {volume}" }));
            }
        }

        return new DecidedMounts(mounts, anonymous);

        UserMount Named(UserMount mount)
        {
            if (mount is not VolumeMount { Name: null } volume)
            {
                return mount;
            }

            VolumeName name = newName();
            anonymous.Add(name);
            return volume with { Name = name, Yields = false };
        }
    }

    /// <summary>A container's request with the mounts that were decided when it was made.</summary>
    /// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
    internal static RunRequest RequestOf(ContainerRecord record, RunWordsReader read)
    {
        RunRequest request = read(record.Run);
        if (record.Mounts is { } words)
        {
            request = request with { Files = request.Files with { Mounts = words.Count == 0 ? [] : read([.. words, record.Image]).Files.Mounts, VolumesFrom = [] } };
        }

        return request with { Files = request.Files with { Mounts = HostSources.FromRecord(request.Files.Mounts, record.Sources) } };
    }

    /// <summary>The volumes among them, as a container's record has them.</summary>
    internal IReadOnlyList<RecordedVolume> Volumes()
    {
        List<RecordedVolume> volumes = [];
        foreach (UserMount mount in Mounts)
        {
            if (mount is VolumeMount { Name: { } name })
            {
                volumes.Add(new RecordedVolume(name, mount.Destination, Anonymous.Contains(name)));
            }
        }

        return volumes;
    }
}
