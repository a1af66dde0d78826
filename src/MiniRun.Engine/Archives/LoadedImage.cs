using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Archives;

/// <summary>An image that was loaded; without names it is known by its id alone.</summary>
public sealed record LoadedImage(Digest Id, IReadOnlyList<ImageReference> Names);
