using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Volumes;

/// <summary>--volumes-from: the volumes and bind mounts of other containers, as they have them now.</summary>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
internal sealed class InheritedMounts(ContainerStore store, RunWordsReader read)
{
    internal static readonly DecidedMounts None = new([], new HashSet<VolumeName>());

    /// <exception cref="MiniRunException">There is no such container, or it is half-made.</exception>
    internal DecidedMounts Of(IReadOnlyList<VolumesFrom> others)
    {
        List<UserMount> mounts = [];
        HashSet<VolumeName> anonymous = [];
        foreach (VolumesFrom other in others)
        {
            ContainerId id = store.Find(other.Container);
            ContainerRecord record = store.Read(id) ?? throw new MiniRunException($"--volumes-from {other}: container {other.Container} is half-made: minirun rm -f {other.Container}");
            foreach (UserMount mount in record.Run.Count == 0 ? [] : DecidedMounts.RequestOf(record, read).Files.Mounts)
            {
                if (mount is SourcedMount sourced)
                {
                    mounts.Add(Inherited(sourced, other));
                }
            }

            anonymous.UnionWith(record.Volumes.Where(static volume => volume.Anonymous).Select(static volume => volume.Name));
        }

        return new DecidedMounts(mounts, anonymous);
    }

    private static SourcedMount Inherited(SourcedMount mount, VolumesFrom other)
    {
        SourcedMount inherited = mount with { ReadOnly = mount.ReadOnly || other.ReadOnly == true, ChangeOwner = false, Origin = $"--volumes-from {other}" };
        return inherited is VolumeMount volume ? volume with { NoCopy = true } : inherited;
    }
}
