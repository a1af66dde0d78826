using MiniRun.Engine.Images.Documents;

namespace MiniRun.Engine.Registries;

/// <summary>A manifest or index as a registry gave it: its descriptor, whose digest was computed of these bytes, and the bytes, which nobody has read yet.</summary>
public sealed record FetchedManifest(Descriptor Descriptor, ReadOnlyMemory<byte> Bytes);
