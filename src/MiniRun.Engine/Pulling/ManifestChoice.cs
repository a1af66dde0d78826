using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries;
using MiniRun.Linux;

namespace MiniRun.Engine.Pulling;

/// <summary>From what a name stands for to one image's manifest: an index has one for each platform.</summary>
internal sealed class ManifestChoice(RegistryClient registry)
{
    internal static ManifestOrIndex Read(ImageReference name, FetchedManifest fetched) =>
        DocumentReader.ReadManifestOrIndex(fetched.Bytes, fetched.Descriptor.MediaType, $"what the registry gives for {name.Familiar}");

    /// <exception cref="MiniRunException">There is none for this platform, or the index is not what it says.</exception>
    internal async Task<FetchedManifest> ChooseAsync(ImageReference name, FetchedManifest top, Platform wanted, CancellationToken cancellation)
    {
        if (Read(name, top).Index is not { } index)
        {
            return top;
        }

        Descriptor entry = index.Find(wanted) ?? throw NoMatch(name, index, wanted);
        FetchedManifest manifest = await registry.FetchManifestAsync(name.At(entry.Digest), cancellation).ConfigureAwait(false);
        if (manifest.Descriptor.Size != entry.Size || (entry.MediaType.Length > 0 && manifest.Descriptor.MediaType != entry.MediaType))
        {
            throw new MiniRunException($"{name.Familiar}: manifest {entry.Digest} is {manifest.Descriptor.MediaType} of {manifest.Descriptor.Size} bytes, and the index says {entry.MediaType} of {entry.Size}");
        }

        return Read(name, manifest).Manifest is not null
            ? manifest
            : throw new MiniRunException($"{name.Familiar}: {entry.Digest} in its index is an index again, which minirun does not follow");
    }

    private static MiniRunException NoMatch(ImageReference name, ImageIndex index, Platform wanted)
    {
        SortedSet<string> offered = new(StringComparer.Ordinal);
        foreach (Descriptor entry in index.Manifests)
        {
            if (entry.Platform is { Os: not "unknown" } platform)
            {
                offered.Add(platform.ToString());
            }
        }

        return new MiniRunException($"no matching manifest for {wanted} in the manifest list entries of {name.Familiar}: there are {string.Join(", ", offered.Take(20))}");
    }
}
