using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime;

namespace MiniRun.Engine.Volumes;

/// <summary>`minirun volume rm`, `volume prune`, and the end of the volumes that belong to one container.</summary>
public sealed class RemoveVolume(ContainerStore containers)
{
    private readonly VolumeStore _store = new(containers.Data);

    /// <summary>Removes a volume that no container has.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="force">One that is not there is no error.</param>
    /// <exception cref="MiniRunException">It is in use, or cannot be removed.</exception>
    public void Remove(string reference, bool force)
    {
        using FileLock alone = _store.Alone();
        _store.Sweep();
        VolumeName? name = VolumeName.TryParse(reference);
        if (name is not { } valid || FileStatus.OfLink(_store.FolderOf(valid)) is null)
        {
            if (!force)
            {
                throw new NoSuchVolumeException(reference);
            }

            return;
        }

        IReadOnlyList<ContainerId> users = VolumeUsers.Read(containers).Of(valid);
        if (users.Count > 0)
        {
            throw new MiniRunException($"remove {valid}: volume is in use - [{string.Join(", ", users)}]");
        }

        _store.Remove(valid);
    }

    /// <summary>Removes the volumes that no container has.</summary>
    /// <param name="chosen">Which of them.</param>
    /// <returns>Their names, and the bytes that their files took.</returns>
    /// <exception cref="MiniRunException">One cannot be removed; those before it are gone.</exception>
    public (IReadOnlyList<VolumeName> Deleted, long Bytes) Prune(Predicate<Volume> chosen)
    {
        using FileLock alone = _store.Alone();
        _store.Sweep();
        var users = VolumeUsers.Read(containers);
        List<VolumeName> deleted = [];
        long bytes = 0;
        foreach (Volume volume in _store.List())
        {
            if (users.Of(volume.Name).Count == 0 && chosen(volume))
            {
                bytes += _store.SizeOf(volume.Name);
                _store.Remove(volume.Name);
                deleted.Add(volume.Name);
            }
        }

        return (deleted, bytes);
    }

    /// <summary>Removes the volumes that belonged to a container which is gone, unless others have them too.</summary>
    internal void RemoveOf(ContainerRecord gone)
    {
        if (!gone.Volumes.Any(static volume => volume.Anonymous))
        {
            return;
        }

        using FileLock alone = _store.Alone();
        var users = VolumeUsers.Read(containers);
        foreach (RecordedVolume volume in gone.Volumes)
        {
            if (volume.Anonymous && users.Of(volume.Name).Count == 0)
            {
                _store.Remove(volume.Name);
            }
        }
    }
}
