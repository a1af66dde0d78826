using System.Globalization;
using System.Text;

namespace MiniRun.Cli.Output.Templates;

/// <summary>Text in double quotes, as Go's strconv.Quote writes it, and the way back.</summary>
internal static class GoQuote
{
    private const string Escapes = "abfnrtv\\";
    private const string Escaped = "\a\b\f\n\r\t\v\\";

    internal static string Of(string text)
    {
        StringBuilder quoted = new(text.Length + 2);
        quoted.Append('"');
        foreach (Rune rune in text.EnumerateRunes())
        {
            Append(quoted, rune);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>What a Go string or character constant without its quotes means.</summary>
    /// <param name="quote">The quote it stood in; the other one may not be escaped.</param>
    /// <returns>Null where an escape is none.</returns>
    internal static string? Unquote(ReadOnlySpan<char> text, char quote)
    {
        StringBuilder plain = new(text.Length);
        while (!text.IsEmpty)
        {
            if (text[0] != '\\')
            {
                plain.Append(text[0]);
                text = text[1..];
            }
            else if (!ReadEscape(ref text, quote, plain))
            {
                return null;
            }
        }

        return plain.ToString();
    }

    private static void Append(StringBuilder quoted, Rune rune)
    {
        if (rune.Value == '"')
        {
            quoted.Append("\\\"");
        }
        else if (rune.IsBmp && Escaped.IndexOf((char)rune.Value, StringComparison.Ordinal) is >= 0 and int index)
        {
            quoted.Append('\\').Append(Escapes[index]);
        }
        else if (IsPrintable(rune))
        {
            quoted.Append(rune);
        }
        else
        {
            string format = rune.Value < 0x80 ? "\\x{0:x2}" : rune.IsBmp ? "\\u{0:x4}" : "\\U{0:x8}";
            quoted.AppendFormat(CultureInfo.InvariantCulture, format, rune.Value);
        }
    }

    /// <summary>What Go shows as it is: the blank, and no other separator, control or unassigned character.</summary>
    internal static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool ReadEscape(ref ReadOnlySpan<char> text, char quote, StringBuilder plain)
    {
        if (text.Length < 2)
        {
            return false;
        }

        char kind = text[1];
        if (kind == quote || Escapes.Contains(kind, StringComparison.Ordinal))
        {
            plain.Append(kind == quote ? quote : Escaped[Escapes.IndexOf(kind, StringComparison.Ordinal)]);
            text = text[2..];
            return true;
        }

        (int start, int digits, int radix) = kind switch
        {
            'x' => (2, 2, 16),
            'u' => (2, 4, 16),
            'U' => (2, 8, 16),
            >= '0' and <= '7' => (1, 3, 8),
            _ => (0, 0, 0),
        };
        if (digits == 0 || text.Length < start + digits || !Digits(text.Slice(start, digits), radix, out int code) || !Rune.IsValid(code))
        {
            return false;
        }

        plain.Append(new Rune(code));
        text = text[(start + digits)..];
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, int radix, out int value)
    {
        long sum = 0;
        foreach (char c in text)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                value = 0;
                return false;
            }

            sum = (sum * radix) + digit;
        }

        value = (int)Math.Min(sum, int.MaxValue);
        return true;
    }
}
