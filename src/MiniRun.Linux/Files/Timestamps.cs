namespace MiniRun.Linux.Files;

/// <summary>Moments as docker and the OCI write them: RFC 3339, UTC, nanoseconds.</summary>
public static class Timestamps
{
    /// <summary>"2026-11-22T00:58:03.123456700Z"; the clock's resolution is 100 ns.</summary>
    public static string Format(DateTimeOffset moment)
    {
        // By hand: a custom format string pulls culture data into the start path.
        DateTime utc = moment.UtcDateTime;
        return string.Create(30, utc, static (text, value) =>
        {
            Digits(text[..4], value.Year);
            text[4] = '-';
            Digits(text[5..7], value.Month);
            text[7] = '-';
            Digits(text[8..10], value.Day);
            text[10] = 'T';
            Digits(text[11..13], value.Hour);
            text[13] = ':';
            Digits(text[14..16], value.Minute);
            text[16] = ':';
            Digits(text[17..19], value.Second);
            text[19] = '.';
            Digits(text[20..29], value.Ticks % TimeSpan.TicksPerSecond * 100);
            text[29] = 'Z';
        });
    }

    private static void Digits(Span<char> target, long value)
    {
        for (int i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (char)('0' + (value % 10));
            value /= 10;
        }
    }
}
