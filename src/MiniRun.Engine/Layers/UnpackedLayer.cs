namespace MiniRun.Engine.Layers;

/// <summary>A layer that has been unpacked.</summary>
/// <param name="DiffId">The digest of its uncompressed stream, by the function that was asked for, as the image's configuration lists it.</param>
/// <param name="TarBytes">The length of that stream.</param>
public sealed record UnpackedLayer(LayerSummary Summary, string DiffId, long TarBytes);
