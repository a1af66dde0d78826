using System.Globalization;

namespace MiniRun.Oci.Grammar;

/// <summary>Durations as Go writes them: "500ms", "5s", "1m30s", "1.5h".</summary>
internal static class Duration
{
    /// <exception cref="UsageException">It is none, it is 0, or more than a month.</exception>
    public static int Milliseconds(string text, string option)
    {
        const double Longest = 31.0 * 24 * 3600 * 1000;
        double total = 0;
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int digits = Length(rest, ofNumber: true);
            if (digits == 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            {
                throw Invalid(text, option);
            }

            rest = rest[digits..];
            ReadOnlySpan<char> name = rest[..Length(rest, ofNumber: false)];
            total += number * (name switch { "ms" => 1, "s" => 1000, "m" => 60_000, "h" => 3_600_000, _ => throw Invalid(text, option) });
            rest = rest[name.Length..];
        }

        return total is >= 1 and <= Longest ? (int)Math.Min(total, int.MaxValue) : throw Invalid(text, option);
    }

    private static int Length(ReadOnlySpan<char> text, bool ofNumber)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.') == ofNumber)
        {
            length++;
        }

        return length;
    }

    private static UsageException Invalid(string text, string option) =>
        new($"invalid value \"{text}\" for flag --{option}: give a duration such as 500ms, 5s or 1m");
}
