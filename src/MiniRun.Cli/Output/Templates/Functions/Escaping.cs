using System.Globalization;
using System.Text;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>html, js and urlquery: text made safe for where it goes, as Go writes it.</summary>
internal static class Escaping
{
    internal static string Html(string text) => Each(text, rune => rune.Value switch
    {
        0 => "\uFFFD",
        '"' => "&#34;",
        '\'' => "&#39;",
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => null,
    });

    internal static string JavaScript(string text) => Each(text, rune => rune.Value switch
    {
        '\\' => @"\\",
        '\'' => @"\'",
        '"' => "\\\"",
        '<' or '>' or '&' or '=' or < ' ' => $"\\u{rune.Value:X4}",
        _ => GoQuote.IsPrintable(rune) ? null : $"\\u{rune.Value:X4}",
    });

    internal static string UrlQuery(string text) => Each(text, rune => rune.Value switch
    {
        ' ' => "+",
        '-' or '_' or '.' or '~' => null,
        < 0x80 when char.IsAsciiLetterOrDigit((char)rune.Value) => null,
        _ => Percent(rune),
    });

    private static string Percent(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        StringBuilder text = new();
        foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static string Each(string text, Func<Rune, string?> escape)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (escape(rune) is { } replacement)
            {
                escaped.Append(replacement);
            }
            else
            {
                escaped.Append(rune);
            }
        }

        return escaped.ToString();
    }
}
