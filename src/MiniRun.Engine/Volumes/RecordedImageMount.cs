using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Volumes;

/// <summary>An image whose files a container has among its own.</summary>
/// <param name="Destination">Where they are inside.</param>
/// <param name="Image">The image as it was called.</param>
/// <param name="Manifest">What that was when the container was made; null for a sample.</param>
public sealed record RecordedImageMount(string Destination, string Image, Digest? Manifest);
