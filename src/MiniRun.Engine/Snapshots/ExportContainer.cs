using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Snapshots;

/// <summary>`minirun export`: a container's files as one tar, without its volumes and other mounts.</summary>
public sealed class ExportContainer(ContainerStore containers)
{
    /// <summary>Writes the tar; a container that runs may change files meanwhile.</summary>
    /// <exception cref="MiniRunException">There is no such container, or a file changed while it was read.</exception>
    public void Export(string reference, Stream target)
    {
        ContainerId id = containers.Find(reference);
        ContainerFiles files = ContainerFiles.Of(containers, id);
        using StagingFolder staging = StagingFolder.Make(containers.Data.Staging);
        using FileDescriptor root = files.Upper is { } upper ? Merged(files, upper, staging.Path) : HostFile.OpenDirectory(files.Copy!);
        LayerPacker.Pack(root, target, new PackOptions { Encoding = LayerEncoding.Plain, Uid = files.ToContainer, Gid = files.ToContainer });
    }

    /// <summary>The container's own changes as the topmost of the layers, below a folder that stays empty: so nothing can be written.</summary>
    private static FileDescriptor Merged(ContainerFiles files, string upper, string staging)
    {
        HostDirectory.Make($"{staging}/upper");
        HostDirectory.Make($"{staging}/work");
        return HostOverlay.Mount([upper, .. files.Layers], $"{staging}/upper", $"{staging}/work");
    }
}
