using System.Globalization;
using System.Text;

namespace MiniRun.Runtime.Spec.Validation;

/// <summary>A text from outside as it may stand in a message: short, and on one line.</summary>
internal static class Shown
{
    private const int Longest = 80;

    public static string Quote(string text)
    {
        StringBuilder shown = new(text.Length + 2);
        shown.Append('"');
        for (int i = 0; i < Math.Min(text.Length, Longest); i++)
        {
            bool isHidden = char.GetUnicodeCategory(text[i]) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            shown.Append(isHidden ? '?' : text[i]);
        }

        return shown.Append(text.Length > Longest ? "…\"" : "\"").ToString();
    }
}
