using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;

namespace MiniRun.Cli.Commands;

/// <summary>A volume's first contents: minirun without root runs this for itself in a user namespace, where it can give files to their owners.</summary>
internal static class FillVolumeCommand
{
    internal static CommandDefinition Define()
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(VolumeFilling.StageCommand, "Copy an image's files into an empty volume; minirun run does it.", "NAME FILES DESTINATION LAYER...");
        command.Arguments.Add(words);
        return new CommandDefinition(command, invocation => invocation.Values.GetValue(words) is [var name, var files, var destination, .. { Length: > 0 } layers]
            ? Fill(invocation, VolumeName.Parse(name), files, destination, layers)
            : throw new UsageException($"'minirun {command.FullName}' is minirun's own"));
    }

    private static int Fill(Invocation invocation, VolumeName name, string files, string destination, string[] layers)
    {
        new VolumeFilling(invocation.DataRoot()).Fill(name, files, destination, layers);
        return ExitCode.Success;
    }
}
