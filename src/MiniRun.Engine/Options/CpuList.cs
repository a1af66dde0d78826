using System.Globalization;

namespace MiniRun.Engine.Options;

/// <summary>A list of CPUs in the kernel's own notation: "0-2,4".</summary>
public static class CpuList
{
    private const int Most = 8192; // NR_CPUS at most

    /// <exception cref="OptionException">It is no such list.</exception>
    public static string Parse(string text, string option)
    {
        foreach (string range in text.Split(','))
        {
            int dash = range.IndexOf('-', StringComparison.Ordinal);
            int first = Number(dash < 0 ? range : range[..dash]);
            int last = dash < 0 ? first : Number(range[(dash + 1)..]);
            if (first < 0 || last < first)
            {
                throw new OptionException(option, text, "give CPUs as numbers and ranges, such as 0-2,4");
            }
        }

        return text;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Most ? number : -1;
}
