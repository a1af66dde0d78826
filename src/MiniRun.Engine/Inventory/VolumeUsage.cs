using MiniRun.Engine.Volumes;

namespace MiniRun.Engine.Inventory;

/// <summary>A line of `system df -v`: what a volume takes.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Links">How many containers have it.</param>
/// <param name="Size">In bytes.</param>
public sealed record VolumeUsage(Volume Volume, int Links, long Size);
