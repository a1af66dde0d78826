using System.Globalization;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inventory;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun system df`.</summary>
internal static class SystemDfCommand
{
    internal const string Summary = "Show what images and containers take on disk";

    internal static CommandDefinition Define() => new(new DockerCommand("system df", $"{Summary}.", ""), invocation =>
    {
        DiskUsage usage = new(new ImageStore(invocation.DataRoot()), invocation.Store(), invocation.Runtime());
        List<string[]> rows = [["TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"]];
        foreach (DiskUsageLine line in (ReadOnlySpan<DiskUsageLine>)[usage.Images(), usage.Containers()])
        {
            rows.Add([line.Type, Number(line.Total), Number(line.Active), HumanSize.Of(line.Size), Reclaimable(line)]);
        }

        invocation.Terminal.Out.Write(TextTable.Of(rows));
        return ExitCode.Success;
    });

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Reclaimable(DiskUsageLine line) =>
        line.Size == 0 ? HumanSize.Of(0) : $"{HumanSize.Of(line.Reclaimable)} ({100 * line.Reclaimable / line.Size}%)";
}
