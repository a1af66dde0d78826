using System.Globalization;

namespace MiniRun.Linux.Cgroups;

/// <summary>Pressure stall information: how long some tasks, or all, were held up. Source: Documentation/accounting/psi.rst.</summary>
public sealed record PressureStatistics(PressureShare Some, PressureShare Full)
{
    /// <summary>Reads "some avg10=0.00 avg60=0.00 avg300=0.00 total=0" and the same of "full"; null for no such file.</summary>
    public static PressureStatistics? Parse(string? text) => string.IsNullOrEmpty(text) ? null : new(Of(text, "some "), Of(text, "full "));

    private static PressureShare Of(string text, string kind)
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(kind, StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                return new PressureShare(Share(words, "avg10="), Share(words, "avg60="), Share(words, "avg300="), (ulong)Share(words, "total="));
            }
        }

        return default;
    }

    private static double Share(string[] words, string key)
    {
        foreach (string word in words)
        {
            if (word.StartsWith(key, StringComparison.Ordinal) && double.TryParse(word.AsSpan(key.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
            {
                return value;
            }
        }

        return 0;
    }
}
