using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine;
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
    internal static CommandDefinition Define()
    {
        var ids = new Argument<string[]>("ID") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(MonitorProgram.Command, "The process that attends a container; minirun run starts it.", "ID");
        command.Arguments.Add(ids);
        return new CommandDefinition(command, invocation => Run(invocation, Required.One(invocation.Values.GetValue(ids), MonitorProgram.Command)));
    }

    /// <summary>
    /// Goes on as the monitor that has executed itself anew to be small: no command line is parsed for that, nor a log opened.
    /// The words are what it kept, those of <see cref="Invocation.Monitor"/>, and the id.
    /// </summary>
    internal static int Resume(string[] words)
    {
        if (words is not [_, var kept, var root, var dataRoot, MonitorProgram.Command, var id])
        {
            return ExitCode.MiniRunFailed;
        }

        CurrentProcess.SetName("minirun"u8); // execve of /proc/self/exe has made it "exe"
        DataRoot data = DataRoot.Of(Invocation.ValueOf(dataRoot), isRoot: false, static _ => null);
        var runtime = new Runtime.Lifecycle.Containers(Invocation.ValueOf(root));
        return Run(new ContainerStore(data), runtime, Invocation.MonitorOf(Invocation.ValueOf(root), data), id, monitor => monitor.Resume(kept));
    }

    private static int Run(Invocation invocation, string id) =>
        Run(invocation.Store(), invocation.Runtime(), invocation.Monitor(), id, monitor => monitor.Run(FileDescriptor.Adopt(BackgroundProgram.Handed)));

    private static int Run(ContainerStore store, Runtime.Lifecycle.Containers runtime, MonitorProgram program, string text, Action<ContainerMonitor> attend)
    {
        ContainerId id = ContainerId.Parse(text);
        using MonitorLog log = new($"{store.FolderOf(id)}/monitor.log");
        try
        {
            attend(new ContainerMonitor(store, runtime, id, RunReader.Read, program) { Note = log.Note });
            return ExitCode.Success;
        }
        catch (MiniRunException failure)
        {
            log.Note(failure.Message);
            return ExitCode.Failure;
        }
    }
}
