using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Copies;

/// <summary>How ids inside a container read outside; all are the same where there are no mappings. Pure.</summary>
internal readonly record struct IdRanges(IReadOnlyList<IdMapping> Mappings)
{
    /// <summary>The kernel's overflow id: what it shows of an id that nothing maps.</summary>
    private const uint Nobody = 65534;

    /// <summary>An id outside as the container has it; nobody's where it is none of the container's.</summary>
    internal uint Inside(uint outside)
    {
        foreach (IdMapping mapping in Mappings)
        {
            if (outside >= mapping.HostId && outside - mapping.HostId < mapping.Size)
            {
                return mapping.ContainerId + (outside - mapping.HostId);
            }
        }

        return Mappings.Count == 0 ? outside : Nobody;
    }

    /// <summary>An id inside as the host has it; null where the container has no such id.</summary>
    internal uint? Outside(uint inside) => Mappings.Count == 0 ? inside : IdMapping.ToHost(Mappings, inside);
}
