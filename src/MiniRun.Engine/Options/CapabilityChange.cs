using MiniRun.Linux.Capabilities;

namespace MiniRun.Engine.Options;

/// <summary>One name of --cap-add or --cap-drop: a capability or ALL.</summary>
public readonly record struct CapabilityChange(CapabilitySet Set, bool IsAll)
{
    /// <summary>Parses a name in any case, with or without "CAP_".</summary>
    /// <exception cref="OptionException">No capability is called so.</exception>
    public static CapabilityChange Parse(string text, string option)
    {
        if (!CapabilitySet.TryParse(text, out CapabilitySet set))
        {
            throw new OptionException(option, text, "unknown capability; see capabilities(7) for their names, or use ALL");
        }

        return new CapabilityChange(set, text.Equals("ALL", StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => IsAll ? "ALL" : Set.ToString();
}
