using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Cli.Output.Listings;

/// <summary>One step of an image's history.</summary>
/// <param name="Image">The image, for its last step; steps before it are not kept as images.</param>
/// <param name="Size">Bytes of its layer; 0 where it made none.</param>
internal sealed record HistoryStep(HistoryEntry Entry, Digest? Image, long Size);
