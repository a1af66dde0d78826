using System.Globalization;

namespace MiniRun.Engine.Options;

/// <summary>A number of bytes, written as docker's users write it: "512m", "1.5g", "64MiB", "1024"; units are powers of 1024.</summary>
public readonly record struct ByteSize(long Bytes)
{
    private const string Expected = "invalid size: give a number with b, k, m, g or t behind it, such as 512m";

    /// <summary>Parses a size that is at least zero.</summary>
    /// <exception cref="OptionException">It is no such size, or more than 2^63-1 bytes.</exception>
    public static ByteSize Parse(string text, string option)
    {
        ReadOnlySpan<char> number = text;
        long unit = TakeUnit(ref number);
        if (number.Length is 0 or > 24
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
        {
            throw new OptionException(option, text, Expected);
        }

        if (value > long.MaxValue / unit)
        {
            throw new OptionException(option, text, "more than 2^63-1 bytes");
        }

        return new ByteSize((long)(value * unit));
    }

    public override string ToString() => Bytes switch
    {
        0 => "0",
        _ when Bytes % (1L << 30) == 0 => $"{Bytes >> 30}g",
        _ when Bytes % (1L << 20) == 0 => $"{Bytes >> 20}m",
        _ when Bytes % (1L << 10) == 0 => $"{Bytes >> 10}k",
        _ => $"{Bytes}b",
    };

    private static long TakeUnit(ref ReadOnlySpan<char> text)
    {
        if (EndsWith(text, "ib") || EndsWith(text, "iB"))
        {
            text = text[..^2];
        }
        else if (text.Length > 1 && char.ToLowerInvariant(text[^1]) == 'b')
        {
            text = text[..^1];
        }

        if (text.Length == 0)
        {
            return 1;
        }

        int power = "bkmgtp".IndexOf(char.ToLowerInvariant(text[^1]), StringComparison.Ordinal);
        if (power < 0)
        {
            return 1;
        }

        text = text[..^1].TrimEnd(' ');
        return 1L << (10 * power);
    }

    private static bool EndsWith(ReadOnlySpan<char> text, string end) => text.Length > end.Length && text.EndsWith(end, StringComparison.Ordinal);
}
