using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Documents;

/// <summary>Images of one name for several platforms (image-spec, image-index.md).</summary>
public sealed record ImageIndex(string MediaType, IReadOnlyList<Descriptor> Manifests)
{
    /// <summary>The manifest for exactly this platform, else the first one that can be used on it; null where there is none.</summary>
    internal Descriptor? Find(Platform wanted) =>
        Manifests.FirstOrDefault(entry => entry.Platform == wanted)
        ?? Manifests.FirstOrDefault(entry => entry.Platform is { } offered && wanted.Accepts(offered));
}
