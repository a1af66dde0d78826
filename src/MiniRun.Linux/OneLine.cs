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
        int hidden = IndexOfHidden(message);
        if (hidden < 0)
        {
            return message;
        }

        StringBuilder line = new(message.Length + 16);
        line.Append(message, 0, hidden);
        foreach (char c in message.ReplaceLineEndings(" ").AsSpan(hidden))
        {
            if (!IsHidden(c))
            {
                line.Append(c);
            }
            else
            {
                line.Append(c <= 0xff ? "\\x" : "\\u").Append(((int)c).ToString(c <= 0xff ? "x2" : "x4", CultureInfo.InvariantCulture));
            }
        }

        return line.ToString();
    }

    private static int IndexOfHidden(string message)
    {
        for (int i = 0; i < message.Length; i++)
        {
            if (IsHidden(message[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>C0, DEL, C1, line and paragraph separators, and what turns the direction of text around.</summary>
    private static bool IsHidden(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
