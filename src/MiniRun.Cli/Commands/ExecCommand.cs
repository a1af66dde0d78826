using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun exec`.</summary>
internal static class ExecCommand
{
    internal const string Summary = "Run one more program in a running container";

    internal static CommandDefinition Define()
    {
        var options = new ExecOptionSet();
        DockerCommand command = Declare();
        options.AddTo(command);
        return new CommandDefinition(command, invocation => Run(options, invocation));
    }

    /// <summary>The command without its options, which `explain exec` has as well.</summary>
    internal static DockerCommand Declare() => new(
        "exec",
        $"{Summary}. It gets the container's namespaces, capabilities, seccomp filter, limits\nand cgroup. CONTAINER is a name, an id, or the beginning of an id.",
        "[OPTIONS] CONTAINER COMMAND [ARG...]")
    {
        OptionsAnywhere = false,
        Examples = ["minirun exec -it web sh", "minirun exec -u 0 web id"],
    };

    private static int Run(ExecOptionSet options, Invocation invocation)
    {
        using CommandLog log = invocation.OpenLog();
        ExecChoices choices = options.Read(invocation.Values);
        InteractiveTerminal.Check(choices.Interactive && !choices.Detach, choices.Terminal);
        var exec = new ExecContainer(invocation.Store(), invocation.Runtime());
        AttachOutcome outcome = exec.Run(choices, options.Trace(invocation.Values) ? new TraceOutput(invocation.Terminal.Error).Print : null);
        log.Information("the program ended with {ExitCode}", outcome.Program?.ExitCode);
        return Attachment.Report(invocation, outcome, choices.Container);
    }
}
