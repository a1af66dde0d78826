using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Inventory;

/// <summary>The build cache's part of `minirun system prune`: it remembers layers and keeps none of them, so it is pruned after the images.</summary>
public sealed class PruneBuildCache(DataRoot data)
{
    /// <summary>Forgets the steps whose layers are gone, or all.</summary>
    /// <returns>The steps' keys, and the bytes that their entries took.</returns>
    /// <exception cref="MiniRunException">An entry cannot be removed.</exception>
    public (IReadOnlyList<string> Deleted, long Bytes) Prune(bool all) => new StepCache(data, new ImageStore(data)).Prune(all);
}
