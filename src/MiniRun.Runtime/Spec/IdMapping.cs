namespace MiniRun.Runtime.Spec;

/// <summary>A range of ids: inside, outside and how many.</summary>
public sealed record IdMapping(uint ContainerId, uint HostId, uint Size)
{
    /// <summary>An id inside as the host has it; null where none of these ranges has it.</summary>
    public static uint? ToHost(IReadOnlyList<IdMapping> mappings, uint inside)
    {
        foreach (IdMapping mapping in mappings)
        {
            if (inside >= mapping.ContainerId && inside - mapping.ContainerId < mapping.Size)
            {
                return mapping.HostId + (inside - mapping.ContainerId);
            }
        }

        return null;
    }
}
