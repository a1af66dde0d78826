using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Listings;
using MiniRun.Engine.Statistics;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun stats`.</summary>
internal sealed class StatsCommand
{
    internal const string Summary = "Show what containers use: processors, memory, network, disks";

    private const int PeriodMilliseconds = 1000;

    // The screen; then home, each line to its end, and what is below.
    private const string Clear = "\x1b[2J";
    private const string Home = "\x1b[H";
    private const string LineEnd = "\x1b[K\n";
    private const string Below = "\x1b[J";

    private readonly Option<bool> _all = Switch("--all", "Also those that do not run", "-a");
    private readonly Option<string?> _format = ListingFormat.Option();
    private readonly Option<bool> _once = Switch("--no-stream", "Once, and no more");
    private readonly Option<bool> _whole = Switch("--no-trunc", "Ids in full");
    private readonly Argument<string[]> _names = new("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };

    internal static CommandDefinition Define()
    {
        var stats = new StatsCommand();
        var command = new DockerCommand(
            "stats",
            $"{Summary}, each second anew.\nCPU % is of one processor; memory is without caches that the kernel would drop first; -- is not known.\n"
                + "Templates also have pressure (PSI): the share of the last ten seconds in which something waited.",
            "[OPTIONS] [CONTAINER...]")
        {
            Examples =
            [
                "minirun stats --no-stream",
                "minirun stats --format 'table {{.Name}}\\t{{.CPUPerc}}\\t{{.CPUPressure}}\\t{{.MemPressure}}\\t{{.IOPressure}}' web",
            ],
        };
        command.Add(new OptionGroup("Options", [stats._all, stats._format, stats._once, stats._whole]));
        command.Arguments.Add(stats._names);
        return new CommandDefinition(command, stats.Show);
    }

    private int Show(Invocation invocation)
    {
        ParseResult values = invocation.Values;
        string[] names = values.GetValue(_names) ?? [];
        var watch = new WatchUse(invocation.Store(), invocation.Runtime());
        var format = ListingFormat.Of(values.GetValue(_format));
        Listing<ContainerUse> listing = UseListing.Of(values.GetValue(_whole));
        bool once = values.GetValue(_once);
        bool redraws = !once && format.IsTable && !Console.IsOutputRedirected;
        listing.Text(watch.Next(watch.Containers(names, values.GetValue(_all))), format); // the first half of a share, and a wrong template's failure
        string note = watch.Unknown is { } unknown ? unknown : "";
        if (redraws)
        {
            invocation.Terminal.Out.Write(Clear);
            note = note.Length > 0 ? $"\n{note}\n" : "";
        }
        else if (note.Length > 0)
        {
            ErrorReport.Print(invocation.Terminal.Error, note);
        }

        do
        {
            Thread.Sleep(PeriodMilliseconds);
            string text = listing.Text(watch.Next(watch.Containers(names, values.GetValue(_all))), format);
            invocation.Terminal.Out.Write(redraws ? $"{Home}{(text + note).Replace("\n", LineEnd, StringComparison.Ordinal)}{Below}" : text);
            invocation.Terminal.Out.Flush();
        }
        while (!once);
        return ExitCode.Success;
    }
}
