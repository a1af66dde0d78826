using System.Numerics;
using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Capabilities;

/// <summary>A set of capabilities, as the kernel's mask.</summary>
public readonly record struct CapabilitySet(ulong Mask)
{
    /// <summary>How many capabilities this build knows by name; a newer kernel may have more.</summary>
    public const int Known = 41;

    /// <summary>No capability.</summary>
    public static CapabilitySet None => default;

    /// <summary>All that this build knows.</summary>
    public static CapabilitySet All => new((1UL << Known) - 1);

    /// <summary>How many there are in the set.</summary>
    public int Count => BitOperations.PopCount(Mask);

    public bool IsEmpty => Mask == 0;

    public static CapabilitySet operator |(CapabilitySet left, CapabilitySet right) => new(left.Mask | right.Mask);

    public static CapabilitySet operator &(CapabilitySet left, CapabilitySet right) => new(left.Mask & right.Mask);

    /// <summary>What is in the left set and not in the right.</summary>
    public static CapabilitySet operator -(CapabilitySet left, CapabilitySet right) => new(left.Mask & ~right.Mask);

    /// <summary>A set of these.</summary>
    public static CapabilitySet Of(params ReadOnlySpan<Capability> capabilities)
    {
        ulong mask = 0;
        foreach (Capability capability in capabilities)
        {
            mask |= 1UL << (int)capability;
        }

        return new CapabilitySet(mask);
    }

    /// <summary>The bounding set of this process: the most that a program it starts can get.</summary>
    public static CapabilitySet CurrentBounding()
    {
        ulong mask = 0;
        for (int number = 0; number < 64; number++)
        {
            int held = Libc.prctl(Libc.PR_CAPBSET_READ, (nuint)number, 0, 0, 0);
            if (held == -1)
            {
                // EINVAL: past the last one this kernel has.
                break;
            }

            mask |= (ulong)held << number;
        }

        return new CapabilitySet(mask);
    }

    /// <summary>Reads one name: with or without "CAP_", in any case. "ALL" is every known capability.</summary>
    /// <exception cref="MiniRunException">No such capability.</exception>
    public static CapabilitySet Parse(string name) =>
        TryParse(name, out CapabilitySet set) ? set : throw new MiniRunException($"unknown capability '{name}': see capabilities(7) for their names, or use ALL");

    /// <summary>Reads one name: with or without "CAP_", in any case, or "ALL".</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out CapabilitySet set)
    {
        if (name.Equals("ALL", StringComparison.OrdinalIgnoreCase))
        {
            set = All;
            return true;
        }

        if (name.StartsWith("CAP_", StringComparison.OrdinalIgnoreCase))
        {
            name = name[4..];
        }

        for (int number = 0; number < Known; number++)
        {
            if (name.Equals(CapabilityNames.Short(number), StringComparison.OrdinalIgnoreCase))
            {
                set = new CapabilitySet(1UL << number);
                return true;
            }
        }

        set = default;
        return false;
    }

    public bool Contains(Capability capability) => (Mask & (1UL << (int)capability)) != 0;

    /// <summary>Whether all of the other are in this set.</summary>
    public bool Contains(CapabilitySet other) => (other.Mask & ~Mask) == 0;

    /// <summary>The names, "CAP_CHOWN", in the kernel's order.</summary>
    public IReadOnlyList<string> Names()
    {
        List<string> names = new(Count);
        for (ulong rest = Mask; rest != 0; rest &= rest - 1)
        {
            names.Add("CAP_" + CapabilityNames.Short(BitOperations.TrailingZeroCount(rest)));
        }

        return names;
    }

    /// <summary>The names without "CAP_", joined by ", "; "none" for the empty set, "all" for the full one.</summary>
    public override string ToString()
    {
        if (this == All || IsEmpty)
        {
            return IsEmpty ? "none" : "all";
        }

        StringBuilder text = new();
        for (ulong rest = Mask; rest != 0; rest &= rest - 1)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append(CapabilityNames.Short(BitOperations.TrailingZeroCount(rest)));
        }

        return text.ToString();
    }
}
