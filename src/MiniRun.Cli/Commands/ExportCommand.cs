using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Snapshots;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun export`.</summary>
internal static class ExportCommand
{
    internal const string Summary = "Write a container's files as a tar";

    internal static CommandDefinition Define()
    {
        Option<string?> output = Value("--output", "FILE", "Write to this file (default: standard output)", "-o");
        var container = new Argument<string>("CONTAINER");
        var command = new DockerCommand("export", $"{Summary}, without volumes and other mounts.", "[OPTIONS] CONTAINER")
        {
            Examples = ["minirun export -o root.tar web", "minirun export web | minirun import - flat-web"],
        };
        command.Add(new OptionGroup("Options", [output]));
        command.Arguments.Add(container);
        return new CommandDefinition(command, invocation =>
        {
            ExportContainer export = new(invocation.Store());
            string name = invocation.Values.GetValue(container)!;
            BinaryOutput.Write(invocation.Values.GetValue(output), stream => export.Export(name, stream));
            return ExitCode.Success;
        })
        { WritesImages = true };
    }
}
