using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Templates;
using MiniRun.Engine.Events;
using MiniRun.Engine.Logs;
using MiniRun.Linux.Interop;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun events`.</summary>
internal static class EventsCommand
{
    internal const string Summary = "Show what happens to containers and images, as it happens";

    internal static CommandDefinition Define()
    {
        Option<string?> since = Value("--since", "TIME", "Also what has happened since: 10m (ago), 2026-11-27T23:29:19Z, 2026-11-27, or seconds since 1970");
        Option<string?> until = Value("--until", "TIME", "Nothing after, in the same forms, and end then");
        Option<string[]> filters = Values("--filter", "KEY=VALUE", "container, event, image, label, network, type or volume; several of one key are alternatives", "-f");
        Option<string?> format = Value("--format", "FORMAT", "json (an object a line), or a Go template: {{.Action}} {{.Actor.Attributes.name}}");
        var command = new DockerCommand("events", $"{Summary}. Without --since or --until: from now on, until Ctrl-C.", "[OPTIONS]")
        {
            Examples =
            [
                "# what happened in the last hour",
                "minirun events --since 1h --until 0s",
                "# which containers die?",
                "minirun events --filter type=container --filter event=die --filter event=oom",
            ],
        };
        command.Add(new OptionGroup("Options", [filters, format, since, until]));
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            LogTime now = LogTime.Now;
            LogTime? first = values.One(since, (text, option) => LogTimeOption.Parse(text, option, now, TimeZoneInfo.Local));
            LogTime? last = values.One(until, (text, option) => LogTimeOption.Parse(text, option, now, TimeZoneInfo.Local));
            Func<LoggedEvent, string> write = Format(values.GetValue(format), invocation.Terminal.IsScreen);
            Show(invocation, new EventReader(invocation.DataRoot()).Read(first, last), EventFilter.Parse(values.GetValue(filters) ?? []), write);
            return ExitCode.Success;
        });
    }

    /// <exception cref="TemplateException">It is no template.</exception>
    private static Func<LoggedEvent, string> Format(string? format, bool onScreen)
    {
        switch (format)
        {
            case null or "":
                return static happened => happened.ToString();
            case "json" or "{{json .}}":
                return static happened => happened.ToJson();
            default:
                Template template = Template.Parse(format, onScreen);
                return happened => template.Print(EventDocument.Of(happened));
        }
    }

    private static void Show(Invocation invocation, IEnumerable<LoggedEvent> events, EventFilter filter, Func<LoggedEvent, string> write)
    {
        try
        {
            foreach (LoggedEvent happened in events)
            {
                if (filter.Fits(happened))
                {
                    invocation.Terminal.Out.Write(write(happened) + "\n");
                }
            }
        }
        catch (SyscallException failure) when (failure.Errno == Errno.EPIPE)
        {
            // `events | head`: who reads has all that was wanted.
        }
    }
}
