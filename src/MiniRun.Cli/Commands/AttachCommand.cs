using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun attach`.</summary>
internal static class AttachCommand
{
    internal const string Summary = "Connect this terminal to a running container's program";

    internal static CommandDefinition Define()
    {
        Option<bool> noStdin = Switch("--no-stdin", "Do not attach standard input");
        Option<string?> keys = CallerOptions.DetachKeysOption();
        Option<bool> proxy = CallerOptions.SignalProxyOption();
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(
            "attach",
            $"{Summary}: its output from now on, this input, and with --tty this window's size.\nThe exit code is the program's; with the detach keys it is 0, and the program runs on.",
            "[OPTIONS] CONTAINER")
        {
            Examples = ["minirun run -dit --name shell busybox", "minirun attach shell"],
        };
        command.Add(new OptionGroup("Options", [noStdin, keys, proxy]));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation =>
        {
            string reference = Required.One(invocation.Values.GetValue(containers), "attach");
            AttachOptions options = Options(invocation, reference, !invocation.Values.GetValue(noStdin), keys, invocation.Values.GetValue(proxy));
            return Attachment.Report(invocation, new AttachContainer(invocation.Store(), invocation.Runtime()).Attach(reference, options), reference);
        });
    }

    /// <summary>How to attach to a container that was made before: it decides whether there are a terminal and an input.</summary>
    /// <exception cref="Linux.MiniRunException">There is no such container; or it has a terminal, and the caller's input is none.</exception>
    internal static AttachOptions Options(Invocation invocation, string reference, bool input, Option<string?> keys, bool proxy)
    {
        ContainerStore store = invocation.Store();
        ContainerRecord? record = store.Read(store.Find(reference));
        bool terminal = record?.HasOption("--tty") ?? false;
        input &= record?.HasOption("--interactive") ?? false;
        InteractiveTerminal.Check(input, terminal);
        return new AttachOptions
        {
            Streams = AttachedStreams.Output | AttachedStreams.ErrorOutput | (input ? AttachedStreams.Input : 0),
            Terminal = terminal,
            DetachKeys = CallerOptions.Keys(invocation.Values, keys),
            SignalProxy = proxy,
        };
    }
}
