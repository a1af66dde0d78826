using System.Globalization;
using MiniRun.Linux;

namespace MiniRun.Engine.Logs;

/// <summary>Sizes as docker reads max-size (go-units' FromHumanSize): "10m", "1.5g", "64kb". Unlike those of -m, their units are powers of 1000.</summary>
internal static class LogSize
{
    private const int MaxLength = 32;

    /// <exception cref="MiniRunException">It is no such size, in docker's words; or none above zero.</exception>
    internal static long Parse(string text)
    {
        int end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1]) && text[end - 1] is not ('.' or ' '))
        {
            end--;
        }

        ReadOnlySpan<char> number = text.AsSpan(0, end);
        if (number.EndsWith(' '))
        {
            number = number[..^1];
        }

        if (text.Length > MaxLength || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
        {
            throw new MiniRunException($"invalid size: '{(text.Length <= MaxLength ? text : text[..MaxLength] + "…")}': --log-opt max-size is a number with k, m or g behind it, such as 10m");
        }

        double bytes = value * Unit(text[end..]);
        return bytes is >= 1 and < long.MaxValue ? (long)bytes : throw new MiniRunException("max-size must be a positive number");
    }

    private static double Unit(string suffix) => suffix.ToLowerInvariant() switch
    {
        "" or "b" => 1,
        "k" or "kb" or "kib" => 1e3,
        "m" or "mb" or "mib" => 1e6,
        "g" or "gb" or "gib" => 1e9,
        "t" or "tb" or "tib" => 1e12,
        "p" or "pb" or "pib" => 1e15,
        _ => throw new MiniRunException($"invalid suffix: '{suffix}': --log-opt max-size is a number with k, m or g behind it, such as 10m"),
    };
}
