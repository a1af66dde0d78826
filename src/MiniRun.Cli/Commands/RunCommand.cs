using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;

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
            "# a server that stays; its output is in `minirun logs web`",
            "minirun run -d --name web --restart=on-failure:3 busybox httpd -f",
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
        bool trace = options.Trace(invocation.Values);
        options.Caller.CheckFiles(invocation.Values);
        string shownId = "";
        var observer = new RunObserver
        {
            Created = (id, name) =>
            {
                shownId = id.Value;
                options.Caller.WriteId(invocation.Values, id.Value);
                log.Information("container {Id} ({Name}) of image {Image} is being made", id.Value, name, request.Image);
            },
            Remark = remark => ErrorReport.Print(invocation.Terminal.Error, remark),
            Started = pid =>
            {
                options.Caller.WritePid(invocation.Values, pid);
                log.Information("its program runs as host process {Pid}", pid);
            },
            Step = trace ? new TraceOutput(invocation.Terminal.Error).Print : null,
        };
        AttachOptions attach = options.Caller.Attach(invocation.Values, request);
        InteractiveTerminal.Check(!request.Life.Detach && attach.Streams.HasFlag(AttachedStreams.Input), request.Process.Terminal);
        if (trace ? !request.Life.Detach : RunContainer.Suits(request))
        {
            RunOutcome outcome = new RunContainer(invocation.Store(), invocation.Runtime(), ImageTransfers.Supply(invocation), RunReader.Read).Run(request, observer);
            log.Information("the program ended with {ExitCode}", outcome.ExitCode);
            return Attachment.Report(invocation, outcome);
        }

        if (trace)
        {
            throw new UsageException("conflicting options: --trace prints what this process does, and with --detach a monitor does it; leave one out");
        }

        AttachOutcome attached = new RunMonitored(invocation.Store(), invocation.Runtime(), ImageTransfers.Supply(invocation), invocation.Monitor(), RunReader.Read).Run(request, attach, observer);
        if (request.Life.Detach)
        {
            invocation.Terminal.Out.WriteLine(shownId);
            return ExitCode.Success;
        }

        return Attachment.Report(invocation, attached, shownId);
    }
}
