using System.Globalization;

namespace MiniRun.Linux.Cgroups;

/// <summary>Numbers as the kernel reads and writes them: decimal, no culture.</summary>
internal static class Number
{
    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A limit where a negative number means none.</summary>
    public static string Limit(long value) => value < 0 ? "max" : Text(value);

    public static bool TryParse(ReadOnlySpan<char> text, out long value)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
