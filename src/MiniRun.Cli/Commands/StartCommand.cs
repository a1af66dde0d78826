using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun start`.</summary>
internal static class StartCommand
{
    internal const string Summary = "Start containers that were created or have ended";

    internal static CommandDefinition Define()
    {
        Option<bool> attach = Switch("--attach", "Stay with it: its output comes here, signals go there, and its exit status is this command's", "-a");
        Option<bool> interactive = Switch("--interactive", "Attach standard input too", "-i");
        Option<string?> keys = CallerOptions.DetachKeysOption();
        Option<bool> proxy = CallerOptions.SignalProxyOption();
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("start", $"{Summary}.", "[OPTIONS] CONTAINER [CONTAINER...]")
        {
            Examples = ["minirun start web", "minirun start -ai job"],
        };
        command.Add(new OptionGroup("Options", [attach, interactive, keys, proxy]));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            string[] references = values.GetValue(containers) ?? [];
            var start = new StartContainer(invocation.Store(), invocation.Runtime(), invocation.Monitor());
            if (!values.GetValue(attach) && !values.GetValue(interactive))
            {
                return EachContainer.Do(invocation, "start", references, start.Start);
            }

            if (Required.Some(references, "start").Length > 1)
            {
                throw new UsageException("you cannot start and attach multiple containers at once");
            }

            AttachOptions options = AttachCommand.Options(invocation, references[0], values.GetValue(interactive), keys, values.GetValue(proxy));
            return Attachment.Report(invocation, start.StartAttached(references[0], options), references[0]);
        });
    }
}
