using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Inventory;

/// <summary>A line of `images`: an image under one of its names.</summary>
/// <param name="Reference">The name, or none.</param>
/// <param name="Image">What it stands for.</param>
/// <param name="Size">The bytes of its unpacked layers.</param>
public sealed record ImageSummary(StoredReference Reference, StoredImage Image, long Size)
{
    public Digest Id => Image.Id;
}
