using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Engine.Registries;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

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

        // What an earlier pull left may be wrong from the start, as another host gave it; then it is thrown away and all is fetched.
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

        Stream source = ingest.Left == layer.Size ? Stream.Null : await registry.OpenBlobAsync(name, layer, ingest.Left, cancellation).ConfigureAwait(false);
        try
        {
            using Stream contents = ingest.Receive(source);
            Unpack(layer, diffId, contents, cancellation);
            return true;
        }
        catch (MiniRunException failure) when (mayFail && ingest.Left > 0 && !ingest.HasLostSource && !IsOfTheMachine(failure))
        {
            // Its beginning may be refused long before the digest could tell: left there, it would be refused again by every pull to come.
            ingest.Discard();
            return false;
        }
        catch (MiniRunException failure) when (IsDiskFull(failure))
        {
            // To be continued one day would keep the disk full until then.
            ingest.Discard();
            throw;
        }
    }

    /// <summary>A full disk says nothing of the contents.</summary>
    private static bool IsOfTheMachine(MiniRunException failure) => failure is SyscallException || failure.InnerException is SyscallException;

    private static bool IsDiskFull(Exception? failure) =>
        failure is not null && (failure is SyscallException { Errno: Errno.ENOSPC or Errno.EDQUOT } || IsDiskFull(failure.InnerException));

    private void Unpack(Descriptor layer, Digest diffId, Stream contents, CancellationToken cancellation)
    {
        using ProgressStream watched = new(contents, layer, progress);
        if (store.Layers.Unpack(diffId, watched, cancellation) is { } summary)
        {
            Interlocked.Add(ref _squashed, summary.Squashed);
        }

        // What follows the compressed data belongs to the blob, which is wanted whole and verified.
        watched.CopyTo(Stream.Null);
    }
}
