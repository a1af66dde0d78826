using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Snapshots;

/// <summary>Where a container's files lie: its own over its image's layers, or a copy of all.</summary>
internal sealed record ContainerFiles
{
    internal required ContainerRecord Record { get; init; }

    /// <summary>What the container has changed; null where it has a copy.</summary>
    internal string? Upper { get; init; }

    /// <summary>The image's layers, topmost first; none where there is a copy.</summary>
    internal IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The whole root file system, where overlayfs was not to be had.</summary>
    internal string? Copy { get; init; }

    /// <summary>The image in the store; null for a sample.</summary>
    internal StoredImage? Stored { get; init; }

    /// <summary>What the image says of its programs; empty where a copy has outlived a sample.</summary>
    internal ImageConfig Config { get; init; } = new();

    /// <summary>The ids of the container's own files on the disk.</summary>
    internal UserMappings Users { get; private init; } = new([], []);

    /// <exception cref="MiniRunException">The container is half-made, or its image is gone.</exception>
    internal static ContainerFiles Of(ContainerStore containers, ContainerId id)
    {
        ContainerRecord record = containers.Require(id);
        string folder = containers.FolderOf(id);
        StoredImage? stored = RecordedImage.Stored(containers.Data, record);
        ContainerFiles files = new() { Record = record, Stored = stored };
        if (FileStatus.Of($"{folder}/upper") is null)
        {
            ImageConfig? config = stored?.Document.Config ?? new SampleImages(containers.Data).TryFind(record.Image)?.Config;
            return files with { Copy = $"{folder}/rootfs", Config = config ?? new ImageConfig() };
        }

        Image image = RecordedImage.Of(containers.Data, record);
        return files with { Upper = $"{folder}/upper", Layers = image.Layers, Config = image.Config, Users = RecordedIds.On(record) };
    }

    /// <summary>Opens all files as the container sees them, without its mounts.</summary>
    /// <param name="scratch">A folder that stays as long as what is opened.</param>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileDescriptor Open(string scratch) =>
        Upper is null ? HostFile.OpenDirectory(Copy!) : Merged([Upper, .. Layers], $"{scratch}/all");

    /// <summary>What was made in the container only to mount on; null where that cannot be told, as its image is not to be seen by itself.</summary>
    /// <param name="scratch">A folder of the caller's.</param>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal MountStubs? Stubs(string scratch)
    {
        if (Upper is null)
        {
            return null;
        }

        using FileDescriptor image = Merged(Layers, $"{scratch}/image");
        return MountTargets.Missing(image);
    }

    /// <summary>How files are packed: with the ids that the container sees.</summary>
    internal PackOptions Packing(MountStubs? stubs) => new() { Stubs = stubs, Uid = UidInside, Gid = GidInside };

    /// <summary>Layers below a folder that stays empty, so that nothing can be written.</summary>
    private static FileDescriptor Merged(IReadOnlyList<string> layers, string folder)
    {
        HostDirectory.MakeAll($"{folder}/upper");
        HostDirectory.Make($"{folder}/work");
        return HostOverlay.Mount(layers, $"{folder}/upper", $"{folder}/work");
    }

    /// <summary>The user inside of one on the disk. The image's own files are shifted where they are mounted, and keep theirs.</summary>
    internal uint UidInside(uint id) => Inside(id, Users.Uids, CurrentProcess.EffectiveUid);

    /// <summary>The same of a group.</summary>
    internal uint GidInside(uint id) => Inside(id, Users.Gids, CurrentProcess.EffectiveGid);

    private static uint Inside(uint id, IReadOnlyList<IdMapping> ranges, uint caller)
    {
        foreach (IdMapping range in ranges)
        {
            if (id >= range.HostId && id - range.HostId < range.Size)
            {
                return id - range.HostId;
            }
        }

        return ranges.Count == 0 && id == caller ? 0 : id; // who is not root, and has no other ids, is root inside
    }
}
