namespace MiniRun.Engine.Layers;

/// <summary>A layer that was written.</summary>
/// <param name="Digest">"sha256:…" of what was written, compressed as it is.</param>
/// <param name="Size">The bytes of it.</param>
/// <param name="DiffId">"sha256:…" of the tar in it.</param>
/// <param name="TarBytes">The bytes of that.</param>
/// <param name="Entries">How many entries it has; none means that there is nothing to keep.</param>
public sealed record PackedLayer(string Digest, long Size, string DiffId, long TarBytes, long Entries);
