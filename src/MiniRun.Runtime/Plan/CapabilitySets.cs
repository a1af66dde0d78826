using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The five capability sets of the process. Without process.capabilities all are empty, as with runc.</summary>
internal sealed record CapabilitySets
{
    public CapabilitySet Effective { get; private init; }

    public CapabilitySet Permitted { get; private init; }

    public CapabilitySet Inheritable { get; private init; }

    public CapabilitySet Ambient { get; private init; }

    public CapabilitySet Bounding { get; private init; }

    /// <summary>Reads the names; one this build does not know is left out, as with runc.</summary>
    /// <exception cref="MiniRunException">A capability is asked for that the launcher cannot give.</exception>
    public static CapabilitySets Of(CapabilitiesSpec? spec, CapabilitySet available)
    {
        if (spec is null)
        {
            return new CapabilitySets();
        }

        CapabilitySet permitted = Read("permitted", spec.Permitted, available);
        CapabilitySet inheritable = Read("inheritable", spec.Inheritable, available);
        return new CapabilitySets
        {
            Effective = Read("effective", spec.Effective, available),
            Permitted = permitted,
            Inheritable = inheritable,

            // The kernel raises no ambient capability that is not both; engines ask for such, and runc leaves them out too.
            Ambient = Read("ambient", spec.Ambient, available) & permitted & inheritable,
            Bounding = Read("bounding", spec.Bounding, available),
        };
    }

    private static CapabilitySet Read(string set, IReadOnlyList<string> names, CapabilitySet available)
    {
        CapabilitySet read = CapabilitySet.Empty;
        for (int i = 0; i < names.Count; i++)
        {
            if (CapabilitySet.TryParse(names[i], out CapabilitySet named))
            {
                read |= named;
            }
        }

        return read.IsSubsetOf(available) ? read : throw Missing(set, read - available);
    }

    private static MiniRunException Missing(string set, CapabilitySet missing)
    {
        StringBuilder names = new();
        foreach (string name in missing.Names())
        {
            names.Append(names.Length == 0 ? "" : ", ").Append(name);
        }

        return new MiniRunException($"process.capabilities.{set}: {names}: minirun itself does not have it, so it cannot be given: remove it, or start minirun with it");
    }
}
