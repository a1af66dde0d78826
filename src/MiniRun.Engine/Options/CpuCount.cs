using System.Globalization;

namespace MiniRun.Engine.Options;

/// <summary>A share of the machine's processors ("0.5" is half of one), kept in billionths as docker does.</summary>
public readonly record struct CpuCount(long Billionths)
{
    /// <summary>The scheduling period the quota is counted in: 100,000 µs, the kernel's own default.</summary>
    public const ulong Period = 100_000;

    private const long Smallest = 10_000_000;

    /// <summary>The processor time in each <see cref="Period"/>, in microseconds, as cpu.max takes it.</summary>
    public long Quota => Billionths / 10_000;

    /// <summary>Parses a count from 0.01 on; whether the machine has that many is the bundle builder's question.</summary>
    /// <exception cref="OptionException">It is no such number.</exception>
    public static CpuCount Parse(string text, string option)
    {
        bool parsed = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value);
        if (!parsed || value > 1_000_000 || value * 1_000_000_000 % 1 != 0)
        {
            throw new OptionException(option, text, "give a number of CPUs, such as 0.5 or 2");
        }

        long billionths = (long)(value * 1_000_000_000);
        if (billionths < Smallest)
        {
            throw new OptionException(option, text, "the smallest share is 0.01 of a CPU");
        }

        return new CpuCount(billionths);
    }

    public override string ToString() => (Billionths / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture);
}
