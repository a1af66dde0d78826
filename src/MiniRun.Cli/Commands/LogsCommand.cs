using System.CommandLine;
using System.Globalization;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Logs;
using MiniRun.Engine.Options;
using MiniRun.Linux.Interop;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun logs`.</summary>
internal static class LogsCommand
{
    internal const string Summary = "Show what containers have written";

    internal static CommandDefinition Define()
    {
        Option<bool> follow = Switch("--follow", "Wait for more until the container ends", "-f");
        Option<string?> since = Value("--since", "TIME", "Nothing before: 10m (ago), 2026-11-27T23:29:19Z, 2026-11-27, or seconds since 1970");
        Option<string?> until = Value("--until", "TIME", "Nothing after, in the same forms");
        Option<string?> tail = Value("--tail", "NUMBER", "That many lines from the end (default: all)", "-n");
        Option<bool> timestamps = Switch("--timestamps", "The time before each line", "-t");
        Option<bool> details = Switch("--details", "The log's extra attributes before each line; there are none so far");
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(
            "logs",
            $"{Summary}: stdout's lines on stdout, stderr's on stderr.\nLines of more than 16 KiB come in parts, each of which counts as a line for --tail.",
            "[OPTIONS] CONTAINER")
        {
            Examples =
            [
                "# the last ten lines, and what comes",
                "minirun logs -f -n 10 web",
                "# the errors of the last hour, with their times",
                "minirun logs -t --since 1h web 2>&1 >/dev/null",
            ],
        };
        command.Add(new OptionGroup("Options", [follow, since, until, tail, timestamps, details]));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            LogTime now = LogTime.Now;
            var query = new LogQuery
            {
                Follow = values.GetValue(follow),
                Since = values.One(since, (text, option) => LogTimeOption.Parse(text, option, now, TimeZoneInfo.Local)),
                Until = values.One(until, (text, option) => LogTimeOption.Parse(text, option, now, TimeZoneInfo.Local)),
                Tail = values.GetValue(tail) is { } number ? Tail(number, tail.Name) : null,
                Timestamps = values.GetValue(timestamps),
                Details = values.GetValue(details),
            };
            return Show(invocation, Required.One(values.GetValue(containers), "logs"), query);
        });
    }

    /// <summary>A number of lines; as with docker, one below zero is all of them.</summary>
    /// <exception cref="OptionException">It is none.</exception>
    internal static long? Tail(string text, string option)
    {
        if (text == "all")
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? (number < 0 ? null : number)
            : throw new OptionException(option, text, "give a number of lines, or all");
    }

    private static int Show(Invocation invocation, string reference, LogQuery query)
    {
        try
        {
            var output = new LogOutput(FileDescriptor.Borrow(1), FileDescriptor.Borrow(2));
            long damaged = new ShowLog(invocation.Store(), invocation.Runtime()).Show(reference, query, output);
            if (damaged > 0)
            {
                ErrorReport.Print(invocation.Terminal.Error, $"{damaged} damaged {(damaged == 1 ? "line" : "lines")} of the log left out");
            }
        }
        catch (SyscallException failure) when (failure.Errno == Errno.EPIPE)
        {
            // `logs | head`: who reads has all that was wanted.
        }

        return ExitCode.Success;
    }
}
