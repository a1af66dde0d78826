using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;

namespace MiniRun.Cli.Commands;

/// <summary>The monitor of one container: minirun starts it for itself, with the caller's connection as descriptor 3.</summary>
internal static class MonitorCommand
{
    internal const string Name = "monitor";

    internal static CommandDefinition Define()
    {
        var ids = new Argument<string[]>("ID") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(Name, "The process that attends a container; minirun run starts it.", "ID");
        command.Arguments.Add(ids);
        return new CommandDefinition(command, invocation => Run(invocation, Required.One(invocation.Values.GetValue(ids), Name)));
    }

    private static int Run(Invocation invocation, string text)
    {
        ContainerStore store = invocation.Store();
        ContainerId id = ContainerId.Parse(text);
        using MonitorLog log = new($"{store.FolderOf(id)}/monitor.log");
        try
        {
            new ContainerMonitor(store, invocation.Runtime(), id, RunReader.Read) { Note = log.Note }.Run(FileDescriptor.Adopt(BackgroundProgram.Handed));
            return ExitCode.Success;
        }
        catch (MiniRunException failure)
        {
            log.Note(failure.Message);
            return ExitCode.Failure;
        }
    }
}
