using System.Globalization;
using System.Text;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Logs;

/// <summary>--since and --until in all the forms docker reads: a duration before now, seconds since 1970, a date, a time with or without its zone.</summary>
public static class LogTimeOption
{
    private const int MaxLength = 64;
    private const int DateLength = 10; // 2026-11-27
    private const string Expected = "give a duration before now (10m, 1h30m), a time (2026-11-27T23:29:19Z, 2026-11-27) or seconds since 1970";

    // What may stand before a zone, each with what makes it whole seconds.
    private static readonly (int Length, string Missing)[] s_forms = [(DateLength, "T00:00:00"), (13, ":00:00"), (16, ":00"), (19, "")];

    /// <param name="text">The value.</param>
    /// <param name="option">For errors.</param>
    /// <param name="now">What durations count back from.</param>
    /// <param name="zone">Where a time without a zone is meant.</param>
    /// <exception cref="OptionException">It is none of them.</exception>
    public static LogTime Parse(string text, string option, LogTime now, TimeZoneInfo zone)
    {
        if (TryDuration(text, out long nanoseconds))
        {
            return now.Plus(-nanoseconds);
        }

        return text.Length is > 0 and <= MaxLength && (TryUnix(text, out LogTime time) || TryDate(text, zone, out time))
            ? time
            : throw new OptionException(option, text, Expected);
    }

    /// <summary>A duration may have a sign: "-5m" is in five minutes. "0" is the beginning of 1970, as with docker.</summary>
    private static bool TryDuration(string text, out long nanoseconds)
    {
        bool isSigned = text.StartsWith('-') || text.StartsWith('+');
        nanoseconds = 0;
        if (text == "0" || !GoDuration.TryParse(isSigned ? text.AsSpan(1) : text, out nanoseconds))
        {
            return false;
        }

        nanoseconds = text[0] == '-' ? -nanoseconds : nanoseconds;
        return true;
    }

    private static bool TryUnix(string text, out LogTime time)
    {
        time = default;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        ReadOnlySpan<char> whole = dot < 0 ? text : text.AsSpan(0, dot);
        ReadOnlySpan<char> fraction = dot < 0 ? "0" : text.AsSpan(dot + 1, Math.Min(9, text.Length - dot - 1));
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || !long.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out long nanoseconds)
            || text.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        for (int digits = fraction.Length; digits < 9; digits++)
        {
            nanoseconds *= 10;
        }

        time = new LogTime((long)Int128.Min(((Int128)seconds * 1_000_000_000) + nanoseconds, long.MaxValue));
        return true;
    }

    private static bool TryDate(string text, TimeZoneInfo zone, out LogTime time)
    {
        int end = text.Length > DateLength ? text.AsSpan(DateLength).IndexOfAny("Z+-") : -1;
        string local = end < 0 ? text : text[..(DateLength + end)];
        string offset = end < 0 ? "Z" : text[(DateLength + end)..];
        foreach ((int length, string missing) in s_forms)
        {
            bool fits = local.Length == length || (missing.Length == 0 && local.Length > length);
            if (fits && LogTime.TryParse(Encoding.UTF8.GetBytes(local + missing + offset), out time))
            {
                time = end < 0 ? time.Plus(-OffsetAt(time, zone).Ticks * 100) : time;
                return true;
            }
        }

        time = default;
        return false;
    }

    private static TimeSpan OffsetAt(LogTime local, TimeZoneInfo zone) => zone.GetUtcOffset(new DateTime(DateTime.UnixEpoch.Ticks + (local.Nanoseconds / 100), DateTimeKind.Unspecified));
}
