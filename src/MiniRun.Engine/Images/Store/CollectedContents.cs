using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Store;

/// <summary>What was deleted because nothing needed it any more.</summary>
/// <param name="Blobs">Manifests, configurations and compressed layers.</param>
/// <param name="Layers">Unpacked layers.</param>
/// <param name="Bytes">What they took together.</param>
public sealed record CollectedContents(IReadOnlyList<Digest> Blobs, IReadOnlyList<Digest> Layers, long Bytes);
