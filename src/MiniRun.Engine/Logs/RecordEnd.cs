using System.Globalization;

namespace MiniRun.Engine.Logs;

/// <summary>What follows the text in a record of one stream: its name and the time, made once for all lines of one time.</summary>
internal sealed class RecordEnd
{
    /// <summary>The most bytes of one.</summary>
    internal const int MaxLength = 80;

    private const int TimeLength = 28; // 2026-11-27T23:29:19.1234567Z
    private const int SecondsLength = 19;

    private readonly byte[] _bytes = new byte[MaxLength];
    private readonly int _timeStart;
    private DateTimeOffset _time;
    private int _length;

    internal RecordEnd(LogStream stream)
    {
        ReadOnlySpan<byte> start = stream == LogStream.Stdout ? "\",\"stream\":\"stdout\",\"time\":\""u8 : "\",\"stream\":\"stderr\",\"time\":\""u8;
        start.CopyTo(_bytes);
        _timeStart = start.Length;
    }

    /// <summary>The bytes for a time; valid until the next call.</summary>
    internal ReadOnlySpan<byte> At(DateTimeOffset time)
    {
        if (_length == 0 || time != _time)
        {
            _time = time;
            Format(time.UtcDateTime);
        }

        return _bytes.AsSpan(0, _length);
    }

    /// <summary>RFC 3339 as Go's RFC3339Nano has it: no zeros at the end of the fraction, and no fraction where it is zero.</summary>
    private void Format(DateTime time)
    {
        Span<byte> text = _bytes.AsSpan(_timeStart, TimeLength);
        time.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        int length = TimeLength - 1;
        while (text[length - 1] == '0')
        {
            length--;
        }

        length = text[length - 1] == '.' ? SecondsLength : length;
        "Z\"}\n"u8.CopyTo(_bytes.AsSpan(_timeStart + length));
        _length = _timeStart + length + "Z\"}\n"u8.Length;
    }
}
