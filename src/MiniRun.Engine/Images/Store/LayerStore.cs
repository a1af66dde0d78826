using System.Globalization;
using System.Text;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Images.Store;

/// <summary>
/// Layers unpacked for overlayfs, once for all images that share them, each in a folder named after the digest of its tar
/// (diffID). A folder gets that name only when it is whole and its digest is right.
/// </summary>
public sealed class LayerStore
{
    /// <summary>How folders in staging begin whose layers are being deleted.</summary>
    internal const string DeadPrefix = "dead-";

    private const uint Traversable = 0x1ed; // 0755: the mode of "/" inside, where the layer says none
    private const string Tree = "tree";
    private const string Size = "size";

    private readonly DataRoot _data;
    private readonly StoreLocks _locks;

    internal LayerStore(DataRoot data, StoreLocks locks)
    {
        _data = data;
        _locks = locks;
    }

    public bool Contains(Digest diffId) => FileStatus.Of(FolderOf(diffId)) is { IsDirectory: true };

    /// <summary>The layer's files.</summary>
    public string PathOf(Digest diffId) => $"{FolderOf(diffId)}/{Tree}";

    /// <summary>The bytes of its files; 0 where it is not there.</summary>
    public long SizeOf(Digest diffId)
    {
        string path = $"{FolderOf(diffId)}/{Size}";
        return FileStatus.Of(path) is not null && long.TryParse(HostFile.ReadText(path, 32), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : 0;
    }

    /// <summary>
    /// Unpacks a layer, unless it is there or another process unpacks it meanwhile. Then the stream is held against the digest all the
    /// same: who names a layer that is here has not shown yet that these are its bytes, and they are what is pushed and saved for it.
    /// </summary>
    /// <returns>What was unpacked; null where it was there.</returns>
    /// <exception cref="MiniRunException">The tar is refused, or is not what the digest says; nothing of it is kept.</exception>
    public LayerSummary? Unpack(Digest diffId, Stream compressed, CancellationToken cancellation)
    {
        using FileLock alone = _locks.Layer(diffId);
        if (Contains(diffId))
        {
            VerifiedLayer.Check(compressed, diffId, cancellation);
            return null;
        }

        using StagingFolder staging = StagingFolder.Make(_data.Staging);
        HostDirectory.Make($"{staging.Path}/{Tree}", Traversable);
        LayerSummary summary;
        using (FileDescriptor tree = HostFile.OpenDirectory($"{staging.Path}/{Tree}"))
        {
            summary = VerifiedLayer.Unpack(compressed, diffId, tree, UnpackChoice.ForOverlay(), cancellation);
        }

        Keep(staging, diffId, summary.Bytes);
        return summary;
    }

    internal IReadOnlyList<Digest> List()
    {
        List<Digest> layers = [];
        if (FileStatus.Of(_data.Layers) is { IsDirectory: true })
        {
            foreach (string name in HostDirectory.List(_data.Layers))
            {
                if (Digest.OfHex(name) is { } diffId)
                {
                    layers.Add(diffId);
                }
            }
        }

        return layers;
    }

    /// <summary>Deletes a layer; only who is alone in the store may. Its name goes first, so that none is ever half there.</summary>
    internal void Remove(Digest diffId)
    {
        HostDirectory.MakeAll(_data.Staging);
        string dead = $"{_data.Staging}/{DeadPrefix}{diffId.Hex}";
        TreeRemoval.Remove(dead);
        HostDirectory.Rename(FolderOf(diffId), dead);
        TreeRemoval.Remove(dead);
    }

    private void Keep(StagingFolder staging, Digest diffId, long size)
    {
        FileReplacement.Write($"{staging.Path}/{Size}", Encoding.ASCII.GetBytes(size.ToString(CultureInfo.InvariantCulture)));
        HostDirectory.MakeAll(_data.Layers);
        Faults.Point(FaultPoint.LayerUnpacked);
        staging.MoveTo(FolderOf(diffId));
        Faults.Point(FaultPoint.LayerCommitted);
    }

    private string FolderOf(Digest diffId) => $"{_data.Layers}/{diffId.Hex}";
}
