using System.Globalization;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Systemd;

/// <summary>
/// Limits as properties of a unit (systemd.resource-control(5)). systemd writes again what it was told whenever it reloads;
/// what it was not told it leaves, so that everything else is written to the files alone. Device rules are among it: a
/// scope without DeviceAllow has no device program of systemd's, and the one attached here stays.
/// </summary>
public static class UnitProperties
{
    private const ulong Unlimited = ulong.MaxValue;
    private const string DefaultDevice = "default ";
    private const ulong MicrosecondsPerSecond = 1_000_000;
    private const ulong DefaultPeriod = 100_000;

    // systemd takes CPU quotas in hundredths of a CPU only.
    private const ulong QuotaStep = 10_000;

    /// <summary>The properties for those writes that have one.</summary>
    public static IReadOnlyList<UnitProperty> Of(IReadOnlyList<CgroupWrite> writes)
    {
        List<UnitProperty> properties = [];
        foreach (CgroupWrite write in writes)
        {
            Add(properties, write.File, write.Value.Trim());
        }

        return properties;
    }

    private static void Add(List<UnitProperty> properties, string file, string value)
    {
        switch (file)
        {
            case "cpu.max":
                AddQuota(properties, value.Split(' '));
                break;
            case "cpu.idle" when value == "1":
                properties.Add(new("CPUWeight", 0UL));
                break;
            case "cpuset.cpus" or "cpuset.mems":
                if (NumberList.Mask(value) is { } mask)
                {
                    properties.Add(new(file == "cpuset.cpus" ? "AllowedCPUs" : "AllowedMemoryNodes", mask));
                }

                break;
            default:
                if (NameOf(file) is { } name && Limit(value.StartsWith(DefaultDevice, StringComparison.Ordinal) ? value[DefaultDevice.Length..] : value) is { } limit)
                {
                    properties.Add(new(name, limit));
                }

                break;
        }
    }

    private static string? NameOf(string file) => file switch
    {
        "memory.max" => "MemoryMax",
        "memory.high" => "MemoryHigh",
        "memory.low" => "MemoryLow",
        "memory.min" => "MemoryMin",
        "memory.swap.max" => "MemorySwapMax",
        "pids.max" => "TasksMax",
        "cpu.weight" => "CPUWeight",
        "io.weight" => "IOWeight",
        _ => null,
    };

    /// <summary>"max 100000", "50000 100000" or "50000": microseconds of CPU time a period.</summary>
    private static void AddQuota(List<UnitProperty> properties, string[] fields)
    {
        ulong period = fields.Length > 1 && Limit(fields[1]) is { } given and not 0 ? given : DefaultPeriod;
        if (Limit(fields[0]) is not { } quota)
        {
            return;
        }

        ulong perSecond = quota == Unlimited ? Unlimited : (ulong)UInt128.Min(((UInt128)quota * MicrosecondsPerSecond / period + QuotaStep - 1) / QuotaStep * QuotaStep, Unlimited);
        properties.Add(new("CPUQuotaPerSecUSec", perSecond));
        properties.Add(new("CPUQuotaPeriodUSec", period));
    }

    /// <summary>A number as the kernel reads it, with its K, M, G and T; null where it is none.</summary>
    private static ulong? Limit(string text)
    {
        if (text == "max")
        {
            return Unlimited;
        }

        int shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, 'T' => 40, _ => 0 };
        return ulong.TryParse(shift == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= Unlimited >> shift
            ? number << shift
            : null;
    }
}
