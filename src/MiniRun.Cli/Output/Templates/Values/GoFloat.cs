using System.Globalization;

namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>Fractions as Go's strconv writes them.</summary>
internal static class GoFloat
{
    /// <summary>The exponent from which on %g writes one where no precision says so.</summary>
    private const int ShortestLimit = 6;

    /// <summary>%v: as few digits as tell it apart.</summary>
    internal static string Shortest(double value) => General(value, null);

    /// <summary>%e: one digit, a point, and an exponent of two digits at least.</summary>
    internal static string Exponent(double value, int precision)
    {
        string text = value.ToString($"E{precision}", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        return mark < 0 ? text : WithExponent(text[..mark], int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>%f: all digits before the point, and so many behind it.</summary>
    internal static string Fixed(double value, int precision) => value.ToString($"F{precision}", CultureInfo.InvariantCulture);

    /// <summary>%g: the shorter one of both, without zeros at the end.</summary>
    /// <param name="precision">Digits altogether; null for as few as tell it apart.</param>
    internal static string General(double value, int? precision)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        string scientific = precision is { } digits ? value.ToString($"E{Math.Max(digits, 1) - 1}", CultureInfo.InvariantCulture) : Scientific(value);
        int mark = scientific.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = Trimmed(scientific[..mark]);
        int significant = mantissa.Count(char.IsAsciiDigit);
        if (exponent < -4 || exponent >= Math.Max(precision ?? ShortestLimit, 1))
        {
            return WithExponent(mantissa, exponent);
        }

        return Fixed(double.Parse(scientific, CultureInfo.InvariantCulture), Math.Max(0, significant - 1 - exponent));
    }

    /// <summary>The fewest digits that tell the value apart, in scientific form.</summary>
    private static string Scientific(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        string digits = (mark < 0 ? shortest : shortest[..mark]).Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).TrimStart('0');
        return value.ToString($"E{Math.Max(digits.Length, 1) - 1}", CultureInfo.InvariantCulture);
    }

    private static string Trimmed(string mantissa) => mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.TrimEnd('0').TrimEnd('.') : mantissa;

    private static string WithExponent(string mantissa, int exponent) =>
        $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
}
