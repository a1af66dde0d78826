using System.Globalization;

namespace MiniRun.Engine.Logs;

/// <summary>A time of a log: nanoseconds since 1970 in UTC, which DateTimeOffset rounds to hundreds.</summary>
public readonly record struct LogTime(long Nanoseconds) : IComparable<LogTime>
{
    /// <summary>Bytes of a time as <see cref="Format"/> writes it.</summary>
    public const int FormattedLength = 30;

    private const int SecondsLength = 19; // 2026-11-27T23:29:19
    private const int FractionDigits = 9;
    private const long PerSecond = 1_000_000_000;

    public static LogTime Now => From(DateTimeOffset.UtcNow);

    /// <summary>Times beyond the years 1678 to 2261 become the first and the last one there is.</summary>
    public static LogTime From(DateTimeOffset time) =>
        new((long)Int128.Clamp((Int128)(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100, long.MinValue, long.MaxValue));

    /// <summary>The time so much later, or earlier; the first or the last there is where it would be beyond.</summary>
    public LogTime Plus(long nanoseconds) => new((long)Int128.Clamp((Int128)Nanoseconds + nanoseconds, long.MinValue, long.MaxValue));

    /// <summary>Reads RFC 3339 with a fraction of any length, of which nine digits count.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out LogTime time)
    {
        time = default;
        if (!TryReadSeconds(text, out DateTime seconds))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[SecondsLength..];
        if (!TryTakeFraction(ref rest, out long fraction) || !TryReadZone(rest, out TimeSpan offset))
        {
            return false;
        }

        time = From(new DateTimeOffset(seconds, TimeSpan.Zero)).Plus(fraction).Plus(-offset.Ticks * 100);
        return true;
    }

    /// <summary>Writes the time with all nine digits, as docker's -t does: columns stay columns.</summary>
    public void Format(Span<byte> output)
    {
        long fraction = Nanoseconds % PerSecond;
        long seconds = Nanoseconds / PerSecond;
        if (fraction < 0)
        {
            fraction += PerSecond;
            seconds--;
        }

        // "O" needs no culture and no format to be read; its seven digits are overwritten by nine.
        new DateTime(DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond), DateTimeKind.Utc).TryFormat(output, out _, "O", CultureInfo.InvariantCulture);
        output[SecondsLength] = (byte)'.';
        fraction.TryFormat(output[(SecondsLength + 1)..], out _, "D9", CultureInfo.InvariantCulture);
        output[FormattedLength - 1] = (byte)'Z';
    }

    public int CompareTo(LogTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static bool operator <(LogTime left, LogTime right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(LogTime left, LogTime right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(LogTime left, LogTime right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(LogTime left, LogTime right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>By hand, as every record has one: the BCL takes most of a record's time for it.</summary>
    private static bool TryReadSeconds(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length < SecondsLength || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        int year = Digits(text[..4]);
        int month = Digits(text[5..7]);
        int day = Digits(text[8..10]);
        int hour = Digits(text[11..13]);
        int minute = Digits(text[14..16]);
        int second = Digits(text[17..19]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        time = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        return true;
    }

    /// <summary>The number that digits make; -1 where one is none.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int number = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length == 0 || text[0] != '.')
        {
            return true;
        }

        int digits = 0;
        while (digits + 1 < text.Length && char.IsAsciiDigit((char)text[digits + 1]))
        {
            digits++;
            if (digits <= FractionDigits)
            {
                nanoseconds = (nanoseconds * 10) + text[digits] - '0';
            }
        }

        for (int missing = digits; missing < FractionDigits; missing++)
        {
            nanoseconds *= 10;
        }

        text = text[(digits + 1)..];
        return digits > 0;
    }

    /// <summary>"Z", or "+02:00".</summary>
    private static bool TryReadZone(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        if (text is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _]
            || !byte.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out byte hours)
            || !byte.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out byte minutes))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
