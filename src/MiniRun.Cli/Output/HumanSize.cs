using System.Globalization;

namespace MiniRun.Cli.Output;

/// <summary>How docker says sizes.</summary>
internal static class HumanSize
{
    private static readonly string[] s_units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    private static readonly string[] s_binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Three digits and a decimal unit, such as 77.8MB.</summary>
    internal static string Of(long bytes)
    {
        double value = bytes;
        int unit = 0;
        // Compared as it will be shown: 999.96 kB would become "1000kB".
        while (Rounded(value) >= 1000 && unit < s_units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return Rounded(value).ToString("0.##", CultureInfo.InvariantCulture) + s_units[unit];
    }

    /// <summary>Of memory: four digits and a binary unit, such as 7.637GiB.</summary>
    internal static string Binary(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < s_binaryUnits.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        int decimals = value switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, _ => 3 };
        return Math.Round(value, decimals).ToString("0.###", CultureInfo.InvariantCulture) + s_binaryUnits[unit];
    }

    private static double Rounded(double value) => value switch
    {
        >= 100 => Math.Round(value),
        >= 10 => Math.Round(value, 1),
        _ => Math.Round(value, 2),
    };
}
