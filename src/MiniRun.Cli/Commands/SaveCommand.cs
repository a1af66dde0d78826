using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Archives;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images.Store;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun save`.</summary>
internal static class SaveCommand
{
    internal const string Summary = "Write images to an archive";

    internal static CommandDefinition Define()
    {
        Option<string?> output = Value("--output", "FILE", "Write to this file (default: standard output)", "-o");
        var images = new Argument<string[]>("IMAGE") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("save", $"{Summary} that docker, podman, skopeo and minirun load.", "[OPTIONS] IMAGE [IMAGE...]")
        {
            Examples = ["minirun save -o ubuntu.tar ubuntu", "minirun save my-app | gzip > my-app.tar.gz"],
        };
        command.Add(new OptionGroup("Options", [output]));
        command.Arguments.Add(images);
        return new CommandDefinition(command, invocation =>
        {
            ImageStore store = new(invocation.DataRoot());
            SaveArchive save = new(store);
            string[] names = Required.Some(invocation.Values.GetValue(images), "save");
            BinaryOutput.Write(invocation.Values.GetValue(output), stream => save.Save(names, stream));
            EventLog events = new(invocation.DataRoot());
            foreach (string name in names)
            {
                events.Image("save", store.Find(name)?.Id.ToString() ?? name, name);
            }

            return ExitCode.Success;
        });
    }
}
