namespace MiniRun.Engine.Images.Documents;

/// <summary>Images of one name for several platforms (image-spec, image-index.md).</summary>
public sealed record ImageIndex(string MediaType, IReadOnlyList<Descriptor> Manifests);
