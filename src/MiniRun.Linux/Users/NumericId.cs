namespace MiniRun.Linux.Users;

/// <summary>User and group ids as numbers: 0 to 2³²-2 (2³²-1 means "no change" to the kernel).</summary>
public static class NumericId
{
    public const uint Max = uint.MaxValue - 1;

    /// <summary>
    /// Whether a text is meant as a number: digits only. Such a text is never looked up as a name, so one that is too large
    /// cannot become somebody else, root least of all (CVE-2024-40635).
    /// </summary>
    public static bool LooksNumeric(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Reads an id; false where it is not one or too large.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out uint id)
    {
        ulong value = 0;
        bool valid = LooksNumeric(text);
        for (int i = 0; valid && i < text.Length; i++)
        {
            value = (value * 10) + (uint)(text[i] - '0');
            valid = value <= Max;
        }

        id = valid ? (uint)value : 0;
        return valid;
    }
}
