namespace MiniRun.Engine.Images.Documents;

/// <summary>What a name stands for: exactly one of the two.</summary>
public sealed record ManifestOrIndex(ImageManifest? Manifest, ImageIndex? Index);
