namespace MiniRun.Engine.Inventory;

/// <summary>A line of `system df -v`: what an image takes, in bytes of unpacked layers.</summary>
/// <param name="Image">The image.</param>
/// <param name="Shared">Of layers that other images have too.</param>
/// <param name="Unique">Of layers of its own.</param>
/// <param name="Containers">How many are made of it.</param>
public sealed record ImageUsage(ImageSummary Image, long Shared, long Unique, int Containers);
