using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Images;

/// <summary>An image that is ready to run: read-only layers, topmost first, and what it says of its program.</summary>
public sealed record Image(string Name, IReadOnlyList<string> Layers, ImageConfig Config)
{
    /// <summary>Where it comes from; null for a sample, which is a folder and nothing else.</summary>
    public StoredImage? Stored { get; init; }
}
