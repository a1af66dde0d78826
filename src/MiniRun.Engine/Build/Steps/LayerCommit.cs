using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Makes a layer of what a step has changed, and has it in the store: packed, and unpacked for the steps after it.</summary>
internal sealed class LayerCommit(BuildSession session)
{
    /// <exception cref="MiniRunException">The disk is full, or a file cannot be read.</exception>
    internal BuiltLayer Commit(StepRoot root) => Pack(root.Upper);

    /// <summary>Makes a layer of a folder's files as they are.</summary>
    /// <exception cref="MiniRunException">The disk is full, or a file cannot be read.</exception>
    internal BuiltLayer Pack(string folder)
    {
        string tar = session.NewPath();
        HelperProgram.Run("tar", ["tar", "-C", folder, "--xattrs", "-cf", tar, "."]);
        using FileDescriptor file = HostFile.Open(tar, OpenFlags.O_RDONLY);
        Digest diffId = Digest.Of(HostFile.ReadBounded(file, tar, 1 << 30));
        using FileDescriptor file2 = HostFile.Open(tar, OpenFlags.O_RDONLY);
        using var stream = new DescriptorStream(file2, tar);
        Descriptor blob = session.Store.Blobs.AddUnknown(MediaTypes.OciLayer, stream.CopyTo);
        using Stream read = session.Store.Blobs.OpenRead(blob.Digest);
        session.Store.Layers.Unpack(diffId, read, session.Cancellation);
        return new BuiltLayer(blob, diffId);
    }
}
