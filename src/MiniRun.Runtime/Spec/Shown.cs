using System.Globalization;
using System.Text;

namespace MiniRun.Runtime.Spec;

/// <summary>A text from outside as it may stand in a message: short, on one line, and harmless to a terminal.</summary>
internal static class Shown
{
    private const int Longest = 80;

    public static string Quote(ReadOnlySpan<char> text) => $"\"{Plain(text)}\"";

    public static string Quote(ReadOnlySpan<byte> utf8) => $"\"{Plain(utf8)}\"";

    public static string Plain(ReadOnlySpan<byte> utf8)
    {
        // A character has at most four bytes; what is cut in the middle at the end falls to the next cut.
        string text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * (Longest + 1))]);
        return Plain(text);
    }

    private static string Plain(ReadOnlySpan<char> text)
    {
        StringBuilder shown = new();
        foreach (char c in text[..Math.Min(text.Length, Longest)])
        {
            bool isHidden = char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
            shown.Append(isHidden ? '?' : c);
        }

        return shown.Append(text.Length > Longest ? "…" : "").ToString();
    }
}
