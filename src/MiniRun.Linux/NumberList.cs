using System.Globalization;

namespace MiniRun.Linux;

/// <summary>Lists of CPUs and memory nodes in the kernel's notation ("0-3,7") as bit masks.</summary>
public static class NumberList
{
    private const int Most = 8192; // NR_CPUS at most
    private const int WordBytes = 8; // the kernel reads masks as unsigned longs

    /// <summary>A mask of whole 64-bit words, the lowest bit first; null where the text is no such list.</summary>
    public static byte[]? Mask(string text)
    {
        byte[] mask = new byte[Most / 8];
        int highest = -1;
        foreach (string range in text.Split(','))
        {
            int dash = range.IndexOf('-', StringComparison.Ordinal);
            int first = Number(dash < 0 ? range : range[..dash]);
            int last = dash < 0 ? first : Number(range[(dash + 1)..]);
            if (first < 0 || last < first)
            {
                return null;
            }

            for (int number = first; number <= last; number++)
            {
                mask[number / 8] |= (byte)(1 << (number % 8));
            }

            highest = Math.Max(highest, last);
        }

        return mask[..(((highest / (8 * WordBytes)) + 1) * WordBytes)];
    }

    private static int Number(string text) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Most ? number : -1;
}
