using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime;

namespace MiniRun.Engine.Snapshots;

/// <summary>Where a container's files lie: its own over its image's layers, or a copy of all.</summary>
internal sealed record ContainerFiles
{
    internal required ContainerRecord Record { get; init; }

    /// <summary>What the container has changed; null where it has a copy.</summary>
    internal string? Upper { get; init; }

    /// <summary>The image's layers, topmost first.</summary>
    internal IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The whole root file system, where overlayfs was not to be had.</summary>
    internal string? Copy { get; init; }

    /// <summary>The image in the store; null for a sample.</summary>
    internal StoredImage? Image { get; init; }

    /// <summary>The host's id that is root inside: not 0 where root has given the container a user namespace.</summary>
    private uint RootId { get; init; }

    /// <exception cref="MiniRunException">The container is half-made, or its image is gone.</exception>
    internal static ContainerFiles Of(ContainerStore containers, ContainerId id)
    {
        ContainerRecord record = containers.Read(id) ?? throw new MiniRunException($"container {id.Value[..12]} is half-made: minirun rm -f {id.Value[..12]}");
        string folder = containers.FolderOf(id);
        StoredImage? stored = RecordedImage.Stored(containers.Data, record);
        if (FileStatus.Of($"{folder}/upper") is not { } upper)
        {
            return new ContainerFiles { Record = record, Image = stored, Copy = $"{folder}/rootfs" };
        }

        Image image = RecordedImage.Of(containers.Data, record);
        return new ContainerFiles { Record = record, Image = stored, Upper = $"{folder}/upper", Layers = image.Layers, RootId = upper.Uid };
    }

    /// <summary>The id inside of one on the host.</summary>
    /// <exception cref="MiniRunException">It is none of the container's.</exception>
    internal uint ToContainer(uint id) => id >= RootId ? id - RootId : throw new MiniRunException($"a file of the container belongs to {id}, and its ids begin at {RootId}");
}
