using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Engine.Registries;
using MiniRun.Linux;

namespace MiniRun.Engine.Pulling;

/// <summary>
/// Brings an image from its registry into the store: the manifest, the configuration, and several layers at a time, each unpacked
/// while it is downloaded. Its name is given last, so a pull that is broken off leaves no image, and the next goes on where it stopped.
/// </summary>
public sealed class PullImage(ImageStore store, RegistryClient registry, ITransferProgress progress)
{
    private const int LayersAtATime = 3;

    /// <summary>Pulls an image.</summary>
    /// <param name="name">What to ask for: by digest where it has one, else by tag.</param>
    /// <param name="wanted">The platform; null is this machine's, or what there is.</param>
    /// <param name="cancellation">Ends the pull; what was downloaded stays for the next.</param>
    /// <exception cref="MiniRunException">The registry, the network, the image or the disk; one line.</exception>
    public async Task<PulledImage> PullAsync(ImageReference name, Platform? wanted, CancellationToken cancellation)
    {
        using IDisposable use = store.Use();
        store.RemoveDead();
        progress.Say($"{name.TagOrDigest}: Pulling from {(name.Domain == ImageReference.DefaultDomain ? name.Path : name.Repository)}");
        if (await FindCurrentAsync(name, wanted ?? Platform.Host, cancellation).ConfigureAwait(false) is { } current)
        {
            return current;
        }

        FetchedManifest top = await registry.FetchManifestAsync(name, cancellation).ConfigureAwait(false);
        FetchedManifest chosen = await new ManifestChoice(registry).ChooseAsync(name, top, wanted ?? Platform.Host, cancellation).ConfigureAwait(false);
        ImageManifest manifest = ManifestChoice.Read(name, chosen).Manifest!;
        ImageDocument document = await TakeConfigAsync(name, manifest, cancellation).ConfigureAwait(false);
        CheckPlatform(name, document.Platform, wanted);
        await TakeLayersAsync(name, manifest, document, cancellation).ConfigureAwait(false);
        store.Blobs.Add(chosen.Descriptor, chosen.Bytes.Span);
        return Named(name, top.Descriptor.Digest, chosen.Descriptor);
    }

    /// <summary>The image that is here, where its name still stands for it: that is asked for by HEAD, which registries do not count as a pull.</summary>
    private async Task<PulledImage?> FindCurrentAsync(ImageReference name, Platform wanted, CancellationToken cancellation)
    {
        StoredReference? known = store.References().FirstOrDefault(reference => reference.Name == KeptName(name));
        return known is { RepositoryDigest: { } digest } && store.FindWhole(known.Manifest) is { } image && wanted.Accepts(image.Document.Platform)
            && await registry.FindDigestAsync(name, cancellation).ConfigureAwait(false) == digest
            ? new PulledImage(KeptName(name), digest, WasUpToDate: true)
            : null;
    }

    /// <summary>A tag says nothing where a digest was asked for, so it is not given to the image.</summary>
    private static ImageReference KeptName(ImageReference name) => name.Digest is null ? name : name.At(name.Digest);

    private async Task<ImageDocument> TakeConfigAsync(ImageReference name, ImageManifest manifest, CancellationToken cancellation)
    {
        // Whoever else pulls the same image meanwhile waits here, and finds it fetched.
        using (BlobIngest? ingest = store.Blobs.Begin(manifest.Config, resume: false))
        {
            if (ingest is not null)
            {
                ingest.Write((await registry.FetchDocumentAsync(name, manifest.Config, cancellation).ConfigureAwait(false)).Span);
                ingest.Commit();
            }
        }

        return DocumentReader.ReadConfig(store.Blobs.ReadDocument(manifest.Config.Digest), manifest.Layers.Count, $"the configuration of {name.Familiar}");
    }

    private void CheckPlatform(ImageReference name, Platform offered, Platform? wanted)
    {
        if (wanted is not null && !wanted.Accepts(offered))
        {
            throw new MiniRunException($"image {name.Familiar} was found, but it is for {offered} and not for {wanted}: leave --platform out to have it all the same");
        }

        if (wanted is null && !Platform.Host.Accepts(offered))
        {
            progress.Say($"{name.Familiar} is for {offered}, and this machine is {Platform.Host}: its programs need an emulator");
        }
    }

    private async Task TakeLayersAsync(ImageReference name, ImageManifest manifest, ImageDocument document, CancellationToken cancellation)
    {
        foreach (Descriptor layer in manifest.Layers)
        {
            progress.Report(layer.Digest, TransferPhase.Waiting, 0, layer.Size);
        }

        LayerPull pull = new(store, registry, progress, name);
        ParallelOptions few = new() { MaxDegreeOfParallelism = LayersAtATime, CancellationToken = cancellation };
        // A layer is read and unpacked by blocking calls, so each has a thread of its own: the pool's are few, and the network needs them.
        await Parallel.ForAsync(0, manifest.Layers.Count, few, async (i, token) => await Task.Factory.StartNew(
            () => pull.TakeAsync(manifest.Layers[i], document.DiffIds[i], token).GetAwaiter().GetResult(),
            token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false)).ConfigureAwait(false);
        if (pull.Squashed > 0)
        {
            progress.Say("all files of this image belong to you, whatever it says: this user has no ids in /etc/subuid and /etc/subgid to give them to (usermod --add-subuids, --add-subgids, and the package uidmap)");
        }
    }

    private PulledImage Named(ImageReference name, Digest repositoryDigest, Descriptor manifest)
    {
        ImageReference kept = KeptName(name);
        bool upToDate = store.References().Any(known => known.Name == kept && known.Manifest.Digest == manifest.Digest);
        store.Name(new StoredReference(manifest) { Name = kept, RepositoryDigest = repositoryDigest });
        return new PulledImage(kept, repositoryDigest, upToDate);
    }
}
