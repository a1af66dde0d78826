using System.Text.Json;

namespace MiniRun.Engine.Logs;

/// <summary>A record of a log as it is read; one object serves for all of them.</summary>
internal sealed class LogRecord
{
    private byte[] _text = new byte[LineSplitter.MaxLength];
    private int _length;

    internal LogStream Stream { get; private set; }

    internal LogTime Time { get; private set; }

    /// <summary>What the program wrote, valid until the next record is read.</summary>
    internal ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Reads a line of the file; false where it is no record: a writer was killed, or something else wrote there.</summary>
    internal bool TryRead(ReadOnlySpan<byte> line)
    {
        // Most of what is no record is told so without an exception.
        if (line is not [(byte)'{', .., (byte)'}'])
        {
            return false;
        }

        try
        {
            var json = new Utf8JsonReader(line);
            return TryRead(ref json);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Other keys (docker's attrs) are skipped, and so is their order.</summary>
    private bool TryRead(ref Utf8JsonReader json)
    {
        bool hasStream = false;
        bool hasTime = false;
        _length = 0;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("log"u8))
            {
                json.Read();
                CopyText(ref json);
            }
            else if (json.ValueTextEquals("stream"u8))
            {
                json.Read();
                Stream = json.ValueTextEquals("stderr"u8) ? LogStream.Stderr : LogStream.Stdout;
                hasStream = Stream == LogStream.Stderr || json.ValueTextEquals("stdout"u8);
            }
            else if (json.ValueTextEquals("time"u8))
            {
                json.Read();
                hasTime = LogTime.TryParse(json.ValueSpan, out LogTime time);
                Time = time;
            }
            else
            {
                json.Skip();
            }
        }

        // To the end: what stands behind the object is no part of a record.
        return !json.Read() && hasStream && hasTime;
    }

    private void CopyText(ref Utf8JsonReader json)
    {
        if (_text.Length < json.ValueSpan.Length)
        {
            _text = new byte[json.ValueSpan.Length];
        }

        _length = json.CopyString(_text);
    }
}
