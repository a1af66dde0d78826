using System.Globalization;
using MiniRun.Engine.Statistics;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`stats`: docker's fields of what containers use, and three of pressure that docker has not.</summary>
internal static class UseListing
{
    private const string Unknown = "--";

    /// <param name="full">Whether ids are shown in full.</param>
    internal static Listing<ContainerUse> Of(bool full) => new()
    {
        Item = "container",
        Columns = ["ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs"],
        Fields =
        [
            new("Container", "CONTAINER", use => use.Container.Id.Short),
            new("ID", "CONTAINER ID", use => full ? use.Container.Id.Value : use.Container.Id.Short),
            new("Name", "NAME", use => use.Container.Record?.Name ?? Unknown),
            new("CPUPerc", "CPU %", use => Share(use.Cpu)),
            new("MemUsage", "MEM USAGE / LIMIT", use => $"{Memory(use.Memory)} / {Memory(use.MemoryLimit)}"),
            new("MemPerc", "MEM %", use => Share(use.MemoryLimit switch { null => null, 0 => 0, { } limit => 100.0 * use.Memory / limit })),
            new("NetIO", "NET I/O", use => Pair(use.Network)),
            new("BlockIO", "BLOCK I/O", use => Pair(use.Block)),
            new("PIDs", "PIDS", use => use.Processes?.ToString(CultureInfo.InvariantCulture) ?? Unknown),
            new("CPUPressure", "CPU PRESSURE", use => Share(use.CpuPressure)),
            new("MemPressure", "MEM PRESSURE", use => Share(use.MemoryPressure)),
            new("IOPressure", "I/O PRESSURE", use => Share(use.IoPressure)),
        ],
    };

    private static string Share(double? share) => share is { } known ? known.ToString("0.00", CultureInfo.InvariantCulture) + "%" : Unknown;

    private static string Memory(ulong? bytes) => bytes is { } known ? HumanSize.Binary((long)known) : Unknown;

    private static string Pair((ulong, ulong)? bytes) => bytes is var (first, second) ? $"{HumanSize.Of((long)first)} / {HumanSize.Of((long)second)}" : Unknown;
}
