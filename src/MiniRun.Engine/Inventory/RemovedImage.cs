using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Inventory;

/// <summary>What `rmi` has done, in docker's words and order.</summary>
/// <param name="Untagged">The names that were taken away.</param>
/// <param name="Deleted">The image's id and its layers, where nothing else needs them.</param>
public sealed record RemovedImage(IReadOnlyList<string> Untagged, IReadOnlyList<Digest> Deleted);
