using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;

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
        using FileDescriptor root = files.Open(staging.Path);
        LayerPacker.Pack(root, target, files.Packing(files.Stubs(staging.Path)) with { Encoding = LayerEncoding.Plain });
        containers.Events.Container(files.Record, "export");
    }
}
