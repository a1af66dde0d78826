using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;

namespace MiniRun.Engine.Build;

/// <summary>What a build needs of the engine: containers for its RUNs, and images to begin with.</summary>
public sealed record BuildServices(ContainerStore Containers, Runtime.Lifecycle.Containers Runtime, ImageSupply Images);
