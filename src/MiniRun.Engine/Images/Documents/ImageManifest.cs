namespace MiniRun.Engine.Images.Documents;

/// <summary>One image: its configuration and its layers, the lowest first (image-spec, manifest.md).</summary>
public sealed record ImageManifest(string MediaType, Descriptor Config, IReadOnlyList<Descriptor> Layers);
