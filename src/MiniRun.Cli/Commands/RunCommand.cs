using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun run`.</summary>
internal static class RunCommand
{
    internal const string Summary = "Make a container from an image and run a program in it";

    internal static CommandDefinition Define()
    {
        var options = new RunOptionSet();
        DockerCommand command = Declare();
        options.AddTo(command);
        return new CommandDefinition(command, invocation => Run(options, invocation));
    }

    /// <summary>The command without its options, which `explain run` has as well.</summary>
    internal static DockerCommand Declare() => new(
        "run",
        $"{Summary}.\nThe exit code is the program's; 128 + n if signal n ended it, 127 if it is not there, 126 if it cannot be\nexecuted, and 125 if minirun itself failed.",
        "[OPTIONS] IMAGE [COMMAND] [ARG...]")
    {
        OptionsAnywhere = false,
        FailureCode = ExitCode.MiniRunFailed,
        Examples =
        [
            "# a shell in a container that is gone afterwards",
            "minirun run --rm -it busybox sh",
            "# as little as a web server needs",
            "minirun run --rm --read-only --tmpfs /tmp --cap-drop=ALL --cap-add=NET_BIND_SERVICE \\",
            "  --security-opt=no-new-privileges -m 512m --cpus=0.5 busybox httpd -f -h /www",
            "# what would that do, call by call?",
            "minirun explain run --read-only --cap-drop=ALL busybox id",
        ],
    };

    private static int Run(RunOptionSet options, Invocation invocation)
    {
        using CommandLog log = invocation.OpenLog();
        RunRequest request = options.Read(invocation.Values);
        InteractiveTerminal.Check(request.Process.Interactive, request.Process.Terminal);
        var observer = new RunObserver
        {
            Created = (id, name) => log.Information("container {Id} ({Name}) of image {Image} is being made", id.Value, name, request.Image),
            Remark = remark => ErrorReport.Print(invocation.Terminal.Error, remark),
            Started = pid => log.Information("its program runs as host process {Pid}", pid),
            Step = options.Trace(invocation.Values) ? new TraceOutput(invocation.Terminal.Error).Print : null,
        };
        RunOutcome outcome = new RunContainer(invocation.Store(), invocation.Runtime(), ImageTransfers.Supply(invocation)).Run(request, observer);
        log.Information("the program ended with {ExitCode}", outcome.ExitCode);
        if (outcome.Remark is not null)
        {
            ErrorReport.Print(invocation.Terminal.Error, outcome.Remark);
        }

        return outcome.ExitCode;
    }
}
