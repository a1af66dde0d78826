using System.Numerics;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Capabilities;

/// <summary>A set of capabilities, as the kernel's mask.</summary>
public readonly record struct CapabilitySet(ulong Bits)
{
    /// <summary>How many capabilities this build knows by name; a newer kernel may have more.</summary>
    public const int Known = 41;

    /// <summary>No capability.</summary>
    public static CapabilitySet Empty => default;

    /// <summary>All that this build knows.</summary>
    public static CapabilitySet All => new((1UL << Known) - 1);

    /// <summary>How many there are in the set.</summary>
    public int Count => BitOperations.PopCount(Bits);

    public bool IsEmpty => Bits == 0;

    public static CapabilitySet operator |(CapabilitySet left, CapabilitySet right) => new(left.Bits | right.Bits);

    public static CapabilitySet operator &(CapabilitySet left, CapabilitySet right) => new(left.Bits & right.Bits);

    public static CapabilitySet operator -(CapabilitySet left, CapabilitySet right) => left.Except(right);

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

        bool known = TryParseName(name, out Capability capability);
        set = known ? Of(capability) : default;
        return known;
    }

    /// <summary>Reads one name: with or without "CAP_", in any case.</summary>
    public static bool TryParseName(ReadOnlySpan<char> name, out Capability capability)
    {
        if (name.StartsWith("CAP_", StringComparison.OrdinalIgnoreCase))
        {
            name = name[4..];
        }

        for (int number = 0; number < Known; number++)
        {
            if (name.Equals(CapabilityNames.Short(number), StringComparison.OrdinalIgnoreCase))
            {
                capability = (Capability)number;
                return true;
            }
        }

        capability = default;
        return false;
    }

    public bool Contains(Capability capability) => (Bits & (1UL << (int)capability)) != 0;

    /// <summary>Whether all of this set are in the other.</summary>
    public bool IsSubsetOf(CapabilitySet other) => (Bits & ~other.Bits) == 0;

    /// <summary>What is in this set and not in the other.</summary>
    public CapabilitySet Except(CapabilitySet other) => new(Bits & ~other.Bits);

    /// <summary>The names, "CAP_CHOWN", in the kernel's order.</summary>
    public IReadOnlyList<string> Names()
    {
        List<string> names = new(Count);
        for (ulong rest = Bits; rest != 0; rest &= rest - 1)
        {
            names.Add("CAP_" + CapabilityNames.Short(BitOperations.TrailingZeroCount(rest)));
        }

        return names;
    }

    /// <summary>"CAP_CHOWN, CAP_KILL"; "none" for the empty set.</summary>
    public override string ToString() => IsEmpty ? "none" : string.Join(", ", Names());
}
