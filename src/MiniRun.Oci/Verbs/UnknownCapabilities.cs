using MiniRun.Linux.Capabilities;
using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Verbs;

/// <summary>
/// Engines newer than this build may name capabilities it does not know. The program then has less than was asked for,
/// never more, so that, as with runc, it is a warning.
/// </summary>
internal static class UnknownCapabilities
{
    public static void Warn(Invocation invocation, CapabilitiesSpec? sets)
    {
        if (sets is null)
        {
            return;
        }

        List<string>? unknown = null;
        Collect(sets.Bounding, ref unknown);
        Collect(sets.Effective, ref unknown);
        Collect(sets.Permitted, ref unknown);
        Collect(sets.Inheritable, ref unknown);
        Collect(sets.Ambient, ref unknown);
        if (unknown is not null)
        {
            RuncLog.From(invocation.Global).Warning($"ignoring unknown or unavailable capabilities: [{string.Join(' ', unknown)}]");
        }
    }

    /// <summary>Each name once, in the order of the document; the list is made only when there is something to say.</summary>
    private static void Collect(IReadOnlyList<string> names, ref List<string>? unknown)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (!CapabilitySet.TryParse(names[i], out _) && unknown?.Contains(names[i]) != true)
            {
                (unknown ??= []).Add(names[i]);
            }
        }
    }
}
