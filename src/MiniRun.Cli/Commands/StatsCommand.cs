using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Listings;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Statistics;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun stats`.</summary>
internal sealed class StatsCommand
{
    internal const string Summary = "Show what containers use: processors, memory, network, disks";

    private const int PeriodMilliseconds = 1000;

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
            $"{Summary}, each second anew until Ctrl-C.\nCPU % is of one processor; memory is without caches that the kernel would drop first; -- is not known.\n"
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
        using var interrupts = SignalPipe.Open([Signals.SIGINT]);
        try
        {
            Watch(invocation, interrupts);
        }
        catch (SyscallException failure) when (failure.Errno == Errno.EPIPE)
        {
            // `stats | head`: who reads has all that was wanted.
        }

        return ExitCode.Success;
    }

    /// <summary>Until Ctrl-C; as docker's it outlives the containers it shows.</summary>
    private void Watch(Invocation invocation, SignalPipe interrupts)
    {
        ParseResult values = invocation.Values;
        string[] names = values.GetValue(_names) ?? [];
        bool all = values.GetValue(_all);
        bool once = values.GetValue(_once);
        var watch = new WatchUse(invocation.Store(), invocation.Runtime());
        var format = ListingFormat.Of(values.GetValue(_format));
        Listing<ContainerUse> listing = UseListing.Of(values.GetValue(_whole));
        IReadOnlyList<ContainerSummary> containers = names.Length > 0 ? watch.Containers(names) : watch.Containers(all);
        listing.Text(watch.Next(containers), format); // the first half of a share, and a wrong template's failure
        Screen? screen = once ? null : Screen.OnOutput(invocation.Terminal);
        string note = watch.Unknown is { } unknown ? unknown : "";
        if (note.Length > 0 && screen is null)
        {
            ErrorReport.Print(invocation.Terminal.Error, note);
        }

        Poll poll = new();
        poll.Add(interrupts.Descriptor);
        while (poll.Wait(PeriodMilliseconds) == 0)
        {
            containers = names.Length > 0 ? watch.Again(containers) : watch.Containers(all);
            string text = listing.Text(watch.Next(containers), format, invocation.Terminal.IsScreen);
            if (screen is not null)
            {
                screen.Show(note.Length > 0 ? $"{text}\n{note}\n" : text);
            }
            else
            {
                invocation.Terminal.Out.Write(text);
            }

            if (once)
            {
                return;
            }
        }

        if (screen is not null)
        {
            invocation.Terminal.Out.Write('\n'); // behind the terminal's ^C
        }
    }
}
