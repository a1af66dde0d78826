using System.Globalization;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>Durations as Go writes them ("1h30m", "1.5s", "300ms"): what HEALTHCHECK's flags take. Resolution is 100 ns.</summary>
internal static class GoDuration
{
    // Longest first: "ms" is not "m".
    private static readonly (string Unit, double Ticks)[] s_units =
    [
        ("ns", 0.01), ("us", 10), ("µs", 10), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    internal static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is "0")
        {
            return true;
        }

        double ticks = 0;
        bool any = text.Length > 0;
        while (any && text.Length > 0)
        {
            any = TryTerm(ref text, out double term);
            ticks += term;
        }

        // Go keeps nanoseconds in 64 bits.
        any &= ticks <= long.MaxValue / 100;
        duration = any ? TimeSpan.FromTicks((long)ticks) : TimeSpan.Zero;
        return any;
    }

    private static bool TryTerm(ref ReadOnlySpan<char> text, out double ticks)
    {
        int digits = text.IndexOfAnyExcept("0123456789.");
        ticks = 0;
        if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return false;
        }

        text = text[digits..];
        foreach ((string unit, double length) in s_units)
        {
            if (text.StartsWith(unit, StringComparison.Ordinal))
            {
                text = text[unit.Length..];
                ticks = number * length;
                return true;
            }
        }

        return false;
    }
}
