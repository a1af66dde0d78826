using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Images;

/// <summary>An image that is ready to run: read-only layers, topmost first, and what it says of its program.</summary>
public sealed record Image(string Name, IReadOnlyList<string> Layers, ImageConfig Config)
{
    /// <summary>Where it comes from; null for a sample, which is a folder and nothing else.</summary>
    public StoredImage? Stored { get; init; }

    /// <summary>The layer in which users and programs are looked up while the container does not exist yet.</summary>
    public string TopLayer => Layers[0];
}
