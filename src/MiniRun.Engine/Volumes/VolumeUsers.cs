using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Volumes;

/// <summary>Which containers, running or not, have which volumes.</summary>
public sealed class VolumeUsers
{
    private readonly Dictionary<VolumeName, List<ContainerId>> _users = [];

    private VolumeUsers()
    {
    }

    /// <summary>Reads the containers' records. A damaged one says nothing: its container cannot be started again.</summary>
    public static VolumeUsers Read(ContainerStore containers)
    {
        VolumeUsers users = new();
        foreach (ContainerId id in containers.List())
        {
            foreach (RecordedVolume volume in Recorded(containers, id))
            {
                if (!users._users.TryGetValue(volume.Name, out List<ContainerId>? all))
                {
                    users._users.Add(volume.Name, all = []);
                }

                if (!all.Contains(id))
                {
                    all.Add(id);
                }
            }
        }

        return users;
    }

    /// <summary>The containers of one volume.</summary>
    public IReadOnlyList<ContainerId> Of(VolumeName name) => _users.TryGetValue(name, out List<ContainerId>? all) ? all : [];

    private static IReadOnlyList<RecordedVolume> Recorded(ContainerStore containers, ContainerId id)
    {
        try
        {
            return containers.Read(id)?.Volumes ?? [];
        }
        catch (MiniRunException)
        {
            return [];
        }
    }
}
