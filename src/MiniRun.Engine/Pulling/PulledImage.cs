using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Pulling;

/// <summary>An image that was pulled.</summary>
/// <param name="Name">Under which name it is in the store now.</param>
/// <param name="Digest">What the registry calls it by: the digest of the manifest, or of the index it was chosen from.</param>
/// <param name="WasUpToDate">Whether that very image had the name before.</param>
public sealed record PulledImage(ImageReference Name, Digest Digest, bool WasUpToDate);
