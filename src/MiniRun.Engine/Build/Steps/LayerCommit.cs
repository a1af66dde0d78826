using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Makes layers, and has them in the store: packed, and unpacked for the steps on top of them.</summary>
internal sealed class LayerCommit(BuildSession session)
{
    /// <summary>A layer of what a step has changed.</summary>
    /// <exception cref="MiniRunException">The disk is full, or a file cannot be read.</exception>
    internal BuiltLayer Commit(StepRoot root) => Pack(root.Upper, PackSource.OverlayUpper, root.Stubs);

    /// <summary>A layer of a folder's files as they are.</summary>
    /// <exception cref="MiniRunException">The disk is full, or a file cannot be read.</exception>
    internal BuiltLayer Import(string folder) => Pack(folder, PackSource.Tree, stubs: null);

    private BuiltLayer Pack(string path, PackSource source, MountStubs? stubs)
    {
        var options = new PackOptions
        {
            Source = source,
            Stubs = stubs,
            NewestTime = session.Request.LatestTime is { } latest ? new FileTime(latest.ToUnixTimeSeconds(), 0) : null,
        };
        (Descriptor blob, Digest diffId) = session.Store.AddLayer(path, options, session.Cancellation);
        return new BuiltLayer(blob, diffId);
    }
}
