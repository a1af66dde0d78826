using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MiniRun.Engine.Logs;

/// <summary>Bytes as the inside of a JSON string, escaped byte for byte as docker's json-file log does it (Go's rules for HTML).</summary>
internal static class JsonText
{
    /// <summary>How many bytes one byte can become: \u0000, \ufffd.</summary>
    internal const int MaxGrowth = 6;

    private const byte FirstBeyondAscii = 0x80;
    private const int LineSeparator = 0x2028;
    private const int ParagraphSeparator = 0x2029;

    /// <summary>What U+2028 begins with, as many of Unicode's signs do, but few scripts' letters.</summary>
    private const byte FirstOfSeparator = 0xe2;

    private static readonly SearchValues<byte> s_careInText = SearchValues.Create(Care(isText: true));
    private static readonly SearchValues<byte> s_careInNoise = SearchValues.Create(Care(isText: false));

    /// <summary>Writes the text; returns the bytes written. <paramref name="output"/> has room for <see cref="MaxGrowth"/> times its length.</summary>
    internal static int Escape(ReadOnlySpan<byte> text, Span<byte> output)
    {
        bool isText = Utf8.IsValid(text);
        SearchValues<byte> care = isText ? s_careInText : s_careInNoise;
        int written = 0;
        while (true)
        {
            int plain = text.IndexOfAny(care);
            if (plain < 0)
            {
                text.CopyTo(output[written..]);
                return written + text.Length;
            }

            text[..plain].CopyTo(output[written..]);
            written += plain;
            text = text[plain..];
            // Most bytes that need care have neighbours that do (a terminal's sequences, noise): there is nothing to search for.
            do
            {
                int taken = 1;
                written += text[0] < FirstBeyondAscii ? EscapeAscii(text[0], output[written..]) : EscapeRune(text, output[written..], out taken);
                text = text[taken..];
            }
            while (text.Length > 0 && care.Contains(text[0]));
        }
    }

    /// <summary>Whether a byte may not stand for itself; DEL does.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="isText">Whether all of it is valid UTF-8, so that letters beyond ASCII need no look.</param>
    private static bool NeedsCare(byte value, bool isText) =>
        value is < 0x20 or (byte)'"' or (byte)'\\' or (byte)'<' or (byte)'>' or (byte)'&'
        || (value >= FirstBeyondAscii && (!isText || value == FirstOfSeparator));

    private static int EscapeAscii(byte value, Span<byte> output)
    {
        output[0] = (byte)'\\';
        switch (value)
        {
            case (byte)'"' or (byte)'\\':
                output[1] = value;
                return 2;
            case (byte)'\n':
                output[1] = (byte)'n';
                return 2;
            case (byte)'\r':
                output[1] = (byte)'r';
                return 2;
            default:
                "\\u00"u8.CopyTo(output);
                output[4] = HexDigit(value >> 4);
                output[5] = HexDigit(value & 15);
                return 6;
        }
    }

    private static int EscapeRune(ReadOnlySpan<byte> text, Span<byte> output, out int taken)
    {
        OperationStatus status = Rune.DecodeFromUtf8(text, out Rune rune, out taken);
        if (status != OperationStatus.Done)
        {
            // Go makes one U+FFFD of each byte that is no part of a whole sequence, .NET one of several.
            taken = 1;
            "\\ufffd"u8.CopyTo(output);
            return 6;
        }

        if (rune.Value is LineSeparator or ParagraphSeparator)
        {
            "\\u202"u8.CopyTo(output);
            output[5] = HexDigit(rune.Value & 15);
            return 6;
        }

        text[..taken].CopyTo(output);
        return taken;
    }

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value];

    private static byte[] Care(bool isText)
    {
        List<byte> care = [];
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            if (NeedsCare((byte)value, isText))
            {
                care.Add((byte)value);
            }
        }

        return [.. care];
    }
}
