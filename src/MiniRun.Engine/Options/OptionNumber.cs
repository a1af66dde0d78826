using System.Globalization;

namespace MiniRun.Engine.Options;

/// <summary>Whole numbers within bounds.</summary>
public static class OptionNumber
{
    /// <summary>Parses a decimal number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <exception cref="OptionException">It is none.</exception>
    public static long Parse(string text, string option, long least, long most)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) || value < least || value > most)
        {
            throw new OptionException(option, text, $"give a whole number from {least} to {most}");
        }

        return value;
    }

    /// <summary>Parses a file mode written in octal, with or without a leading 0, up to <paramref name="most"/>.</summary>
    /// <exception cref="OptionException">It is none.</exception>
    public static uint ParseOctal(string text, string option, uint most)
    {
        uint value = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '7' || text.Length > 6)
            {
                throw new OptionException(option, text, "give an octal number, such as 0022");
            }

            value = (value * 8) + (uint)(c - '0');
        }

        if (text.Length == 0 || value > most)
        {
            throw new OptionException(option, text, $"give an octal number up to {Convert.ToString(most, 8)}");
        }

        return value;
    }
}
