using System.Globalization;
using System.Text;

namespace MiniRun.Linux;

/// <summary>
/// A message as one line that a terminal shows and does not obey: names in it come from images and configurations, and
/// "#!" lines, paths or options may hold escape sequences.
/// </summary>
public static class OneLine
{
    /// <summary>The message with line ends as blanks and other control and direction characters as \xNN or \uNNNN.</summary>
    public static string Of(string message)
    {
        int hidden = IndexOfHidden(message, isLayoutKept: false);
        if (hidden < 0)
        {
            return message;
        }

        StringBuilder line = new(message.Length + 16);
        line.Append(message, 0, hidden);
        foreach (char c in message.ReplaceLineEndings(" ").AsSpan(hidden))
        {
            Append(line, c, isLayoutKept: false);
        }

        return line.ToString();
    }

    /// <summary>The same for text of several lines, with tabs: both stay.</summary>
    public static string OfEach(string text)
    {
        int hidden = IndexOfHidden(text, isLayoutKept: true);
        if (hidden < 0)
        {
            return text;
        }

        StringBuilder lines = new(text.Length + 16);
        lines.Append(text, 0, hidden);
        foreach (char c in text.AsSpan(hidden))
        {
            Append(lines, c, isLayoutKept: true);
        }

        return lines.ToString();
    }

    private static void Append(StringBuilder text, char c, bool isLayoutKept)
    {
        if (!IsHidden(c) || (isLayoutKept && c is '\n' or '\t'))
        {
            text.Append(c);
        }
        else
        {
            text.Append(c <= 0xff ? "\\x" : "\\u").Append(((int)c).ToString(c <= 0xff ? "x2" : "x4", CultureInfo.InvariantCulture));
        }
    }

    private static int IndexOfHidden(string message, bool isLayoutKept)
    {
        for (int i = 0; i < message.Length; i++)
        {
            if (IsHidden(message[i]) && !(isLayoutKept && message[i] is '\n' or '\t'))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>C0, DEL, C1, line and paragraph separators, and what turns the direction of text around.</summary>
    private static bool IsHidden(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
