using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Snapshots;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun import`.</summary>
internal static class ImportCommand
{
    internal const string Summary = "Make an image of a root file system's tar";

    internal static CommandDefinition Define()
    {
        Option<string[]> changes = Values("--change", "INSTRUCTION", "A Dockerfile instruction that changes what the image says", "-c");
        Option<string?> message = Value("--message", "TEXT", "A comment in the image's history", "-m");
        var file = new Argument<string>("FILE");
        var name = new Argument<string?>("REPOSITORY") { Arity = ArgumentArity.ZeroOrOne };
        var command = new DockerCommand("import", $"{Summary}: a file, or - for standard input; plain, gzip or zstd.", "[OPTIONS] FILE|- [REPOSITORY[:TAG]]")
        {
            Examples = ["minirun import -c 'CMD [\"/bin/sh\"]' root.tar.gz my-root"],
        };
        command.Add(new OptionGroup("Options", [changes, message]));
        command.Arguments.Add(file);
        command.Arguments.Add(name);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            string path = values.GetValue(file)!;
            ImageReference? reference = values.GetValue(name) is { } text ? ImageReference.Parse(text) : null;
            using Stream tar = BinaryInput.Open(path);
            ImportImage import = new(new ImageStore(invocation.DataRoot()));
            Digest made = import.Import(tar, reference, values.GetValue(changes) ?? [], values.GetValue(message) ?? "", path);
            new EventLog(invocation.DataRoot()).Image("import", made.ToString(), reference?.Familiar);
            invocation.Terminal.Out.WriteLine(made);
            return ExitCode.Success;
        })
        { WritesImages = true };
    }
}
