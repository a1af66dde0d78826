using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers.Tar;

/// <summary>The numbers of tar: octal or base-256 in headers, decimal in PAX records.</summary>
internal static class TarNumber
{
    /// <summary>A header's number: octal digits between blanks and NULs, or binary where the first bit is set (GNU, star).</summary>
    /// <exception cref="TarException">Neither, or beyond 63 bits.</exception>
    public static long Parse(ReadOnlySpan<byte> field, string what)
    {
        return field[0] >= 0x80 ? ParseBinary(field, what) : TryParseOctal(field) ?? throw new TarException($"its header's {what} is no octal number");
    }

    /// <summary>Octal digits between blanks and NULs; null where there is anything else.</summary>
    public static long? TryParseOctal(ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        long value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            // Twelve digits at most, so 36 bits: this cannot overflow.
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    /// <summary>A PAX record's number: decimal, not negative.</summary>
    /// <exception cref="TarException">It is none.</exception>
    public static long ParseDecimal(ReadOnlySpan<byte> text, string what)
    {
        if (text.Length is 0 or > 19 || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            throw new TarException($"its PAX record {what} is no number");
        }

        ulong value = 0;
        foreach (byte digit in text)
        {
            value = (value * 10) + (uint)(digit - '0');
        }

        return value <= long.MaxValue ? (long)value : throw new TarException($"its PAX record {what} is out of range");
    }

    /// <summary>A PAX record's time: seconds since 1970, which may be negative and have a fraction.</summary>
    /// <exception cref="TarException">It is none.</exception>
    public static FileTime ParseTime(ReadOnlySpan<byte> text, string what)
    {
        bool negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<byte> rest = negative ? text[1..] : text;
        int dot = rest.IndexOf((byte)'.');
        long seconds = ParseDecimal(dot < 0 ? rest : rest[..dot], what);
        uint nanoseconds = dot < 0 ? 0 : Fraction(rest[(dot + 1)..], what);
        if (!negative)
        {
            return new FileTime(seconds, nanoseconds);
        }

        // -1.25 is 750,000,000 ns after -2.
        return nanoseconds == 0 ? new FileTime(-seconds, 0) : new FileTime(-seconds - 1, 1_000_000_000 - nanoseconds);
    }

    private static uint Fraction(ReadOnlySpan<byte> digits, string what)
    {
        uint value = 0;
        for (int i = 0; i < 9; i++)
        {
            value = (value * 10) + (i < digits.Length ? (uint)(digits[i] - '0') : 0);
        }

        return digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? throw new TarException($"its PAX record {what} is no time") : value;
    }

    private static long ParseBinary(ReadOnlySpan<byte> field, string what)
    {
        // Two's complement over all bytes; the very first bit only says that this is binary.
        bool negative = (field[0] & 0x40) != 0;
        Int128 value = negative ? -1 : 0;
        for (int i = 0; i < field.Length; i++)
        {
            int bits = i == 0 ? (negative ? field[0] | 0x80 : field[0] & 0x7f) : field[i];
            value = (value << 8) | bits;
            if (value > long.MaxValue || value < long.MinValue)
            {
                throw new TarException($"its header's {what} is out of range");
            }
        }

        return (long)value;
    }
}
