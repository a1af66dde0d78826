using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>How people point at a container. Pure.</summary>
public static class ContainerReference
{
    private const int MaxLength = 256;

    /// <summary>The one id that begins with the text.</summary>
    /// <exception cref="MiniRunException">None does, or several do.</exception>
    public static ContainerId ByPrefix(string prefix, IReadOnlyList<ContainerId> ids) => TryByPrefix(prefix, ids)
        ?? throw new MiniRunException($"No such container: {(prefix.Length <= MaxLength ? prefix : prefix[..MaxLength] + "…")}; minirun ps -a lists them");

    /// <summary>The one id that begins with the text; null where none does.</summary>
    /// <exception cref="MiniRunException">Several do.</exception>
    public static ContainerId? TryByPrefix(string prefix, IReadOnlyList<ContainerId> ids)
    {
        ContainerId? found = null;
        foreach (ContainerId id in ids)
        {
            if (prefix.Length == 0 || !id.Value.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (found is not null)
            {
                throw new MiniRunException($"Multiple IDs found with provided prefix: {prefix}; give more of its digits");
            }

            found = id;
        }

        return found;
    }
}
