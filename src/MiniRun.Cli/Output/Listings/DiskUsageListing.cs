using System.Globalization;
using MiniRun.Engine.Inventory;

namespace MiniRun.Cli.Output.Listings;

/// <summary>`system df`: docker's fields of what takes space.</summary>
internal static class DiskUsageListing
{
    internal static Listing<DiskUsageLine> Lines { get; } = new()
    {
        Item = "usage",
        Columns = ["Type", "TotalCount", "Active", "Size", "Reclaimable"],
        Fields =
        [
            new("Type", "TYPE", line => line.Type),
            new("TotalCount", "TOTAL", line => Number(line.Total)),
            new("Active", "ACTIVE", line => Number(line.Active)),
            new("Size", "SIZE", line => HumanSize.Of(line.Size)),
            new("Reclaimable", "RECLAIMABLE", Reclaimable),
        ],
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Reclaimable(DiskUsageLine line) =>
        line.Size == 0 ? HumanSize.Of(0) : $"{HumanSize.Of(line.Reclaimable)} ({100 * line.Reclaimable / line.Size}%)";
}
