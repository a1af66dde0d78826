using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun create`.</summary>
internal static class CreateCommand
{
    internal const string Summary = "Make a container from an image, to be started later";

    internal static CommandDefinition Define()
    {
        var options = new RunOptionSet();
        var command = new DockerCommand("create", $"{Summary}, and print its id. Its options are those of `run`.", "[OPTIONS] IMAGE [COMMAND] [ARG...]")
        {
            OptionsAnywhere = false,
            FailureCode = ExitCode.Failure,
            Examples = ["minirun create --name job -m 512m busybox sh -c 'echo done'", "minirun start -a job"],
        };
        options.AddTo(command);
        return new CommandDefinition(command, invocation => Create(options, invocation));
    }

    private static int Create(RunOptionSet options, Invocation invocation)
    {
        RunRequest request = options.Read(invocation.Values);
        options.Caller.CheckFiles(invocation.Values);
        var observer = new RunObserver
        {
            Created = (id, _) => options.Caller.WriteId(invocation.Values, id.Value),
            Remark = remark => ErrorReport.Print(invocation.Terminal.Error, remark),
        };
        var id = new CreateContainer(invocation.Store(), ImageTransfers.Supply(invocation), RunReader.Read).Create(request, observer);
        invocation.Terminal.Out.WriteLine(id.Value);
        return ExitCode.Success;
    }
}
