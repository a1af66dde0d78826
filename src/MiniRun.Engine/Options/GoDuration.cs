using System.Globalization;

namespace MiniRun.Engine.Options;

/// <summary>Durations as Go writes them ("1h30m", "1.5s", "300ms"), in nanoseconds.</summary>
public static class GoDuration
{
    // Units that begin with another one's name stand before it: "ms" is not "m".
    private static readonly (string Unit, double Nanoseconds)[] s_units =
    [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ];

    public static bool TryParse(ReadOnlySpan<char> text, out long nanoseconds)
    {
        double sum = 0;
        bool valid = text.Length > 0;
        ReadOnlySpan<char> rest = text is "0" ? [] : text;
        while (valid && rest.Length > 0)
        {
            valid = TryTerm(ref rest, out double term);
            sum += term;
        }

        valid &= sum < long.MaxValue;
        nanoseconds = valid ? (long)sum : 0;
        return valid;
    }

    private static bool TryTerm(ref ReadOnlySpan<char> text, out double nanoseconds)
    {
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        nanoseconds = 0;
        if (!double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return false;
        }

        text = text[digits..];
        foreach ((string unit, double length) in s_units)
        {
            if (text.StartsWith(unit, StringComparison.Ordinal))
            {
                text = text[unit.Length..];
                nanoseconds = number * length;
                return true;
            }
        }

        return false;
    }
}
