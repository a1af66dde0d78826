using System.Buffers;
using System.Text;

namespace MiniRun.Engine.Logs;

/// <summary>Bytes as the inside of a JSON string, escaped byte for byte as docker's json-file log does it (Go's rules for HTML).</summary>
internal static class JsonText
{
    /// <summary>How many bytes one byte can become: \u0000, \ufffd.</summary>
    internal const int MaxGrowth = 6;

    private const byte FirstBeyondAscii = 0x80;
    private const int LineSeparator = 0x2028;
    private const int ParagraphSeparator = 0x2029;

    private static readonly SearchValues<byte> s_plain = SearchValues.Create(Plain());

    /// <summary>Writes the text; returns the bytes written. <paramref name="output"/> has room for <see cref="MaxGrowth"/> times its length.</summary>
    internal static int Escape(ReadOnlySpan<byte> text, Span<byte> output)
    {
        int written = 0;
        while (true)
        {
            int plain = text.IndexOfAnyExcept(s_plain);
            if (plain < 0)
            {
                text.CopyTo(output[written..]);
                return written + text.Length;
            }

            text[..plain].CopyTo(output[written..]);
            written += plain;
            text = text[plain..];
            // Most text that needs care needs it for several bytes on end (another script's letters, a terminal's sequences).
            do
            {
                int taken = 1;
                written += text[0] < FirstBeyondAscii ? EscapeAscii(text[0], output[written..]) : EscapeRune(text, output[written..], out taken);
                text = text[taken..];
            }
            while (text.Length > 0 && !s_plain.Contains(text[0]));
        }
    }

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

    /// <summary>ASCII that stands for itself; DEL does.</summary>
    private static byte[] Plain()
    {
        List<byte> plain = [];
        for (byte value = 0x20; value < FirstBeyondAscii; value++)
        {
            if (value is not ((byte)'"' or (byte)'\\' or (byte)'<' or (byte)'>' or (byte)'&'))
            {
                plain.Add(value);
            }
        }

        return [.. plain];
    }
}
