using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Engine.Registries;
using MiniRun.Linux;

namespace MiniRun.Engine.Pulling;

/// <summary>One image's layers, each from the registry into the store and unpacked on the way. Several threads take one each.</summary>
internal sealed class LayerPull(ImageStore store, RegistryClient registry, ITransferProgress progress, ImageReference name)
{
    private long _squashed;

    /// <summary>Files that belong to the caller although their layer says otherwise.</summary>
    internal long Squashed => Interlocked.Read(ref _squashed);

    /// <exception cref="MiniRunException">It cannot be had, or is not what it should be.</exception>
    internal async Task TakeAsync(Descriptor layer, Digest diffId, CancellationToken cancellation)
    {
        if (store.Layers.Contains(diffId) && store.Blobs.Contains(layer.Digest))
        {
            progress.Report(layer.Digest, TransferPhase.AlreadyExists, layer.Size, layer.Size);
            return;
        }

        // What an earlier pull left may be wrong from the start; it is only known at the end, and then thrown away.
        if (!await TryTakeAsync(layer, diffId, mayFail: true, cancellation).ConfigureAwait(false))
        {
            await TryTakeAsync(layer, diffId, mayFail: false, cancellation).ConfigureAwait(false);
        }

        progress.Report(layer.Digest, TransferPhase.PullComplete, layer.Size, layer.Size);
    }

    private async Task<bool> TryTakeAsync(Descriptor layer, Digest diffId, bool mayFail, CancellationToken cancellation)
    {
        using BlobIngest? ingest = store.Blobs.Begin(layer);
        if (ingest is null)
        {
            using Stream blob = store.Blobs.OpenRead(layer.Digest);
            Unpack(layer, diffId, blob, cancellation);
            return true;
        }

        try
        {
            Stream source = ingest.Left == layer.Size ? Stream.Null : await registry.OpenBlobAsync(name, layer, ingest.Left, cancellation).ConfigureAwait(false);
            using Stream contents = ingest.Receive(source);
            Unpack(layer, diffId, contents, cancellation);
            return true;
        }
        catch (MiniRunException) when (mayFail && ingest.Left > 0 && ingest.Received == layer.Size)
        {
            return false;
        }
    }

    private void Unpack(Descriptor layer, Digest diffId, Stream contents, CancellationToken cancellation)
    {
        using ProgressStream watched = new(contents, layer, progress);
        if (store.Layers.Unpack(diffId, watched, cancellation) is { } summary)
        {
            Interlocked.Add(ref _squashed, summary.Squashed);
        }

        // A layer that was there already has read nothing; the blob is wanted all the same, whole and verified.
        watched.CopyTo(Stream.Null);
    }
}
