using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Archives;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun load`.</summary>
internal static class LoadCommand
{
    internal const string Summary = "Read images from an archive";

    internal static CommandDefinition Define()
    {
        Option<string?> input = Value("--input", "FILE", "Read this file (default: standard input)", "-i");
        Option<bool> quiet = Switch("--quiet", "Accepted for docker's sake: nothing but the names is printed", "-q");
        Option<string?> platform = Value("--platform", "OS/ARCH", "Which of several images of one name to take");
        var command = new DockerCommand("load", $"{Summary}: an OCI image layout or docker's format, plain or compressed.", "[OPTIONS]")
        {
            Examples = ["minirun load -i ubuntu.tar", "dotnet publish /t:PublishContainer -p ContainerArchiveOutputPath=app.tar.gz && minirun load -i app.tar.gz"],
        };
        command.Add(new OptionGroup("Options", [input, quiet, platform]));
        return new CommandDefinition(command, invocation =>
        {
            LoadArchive load = new(new ImageStore(invocation.DataRoot()));
            Platform? wanted = invocation.Values.GetValue(platform) is { } text ? Platform.Parse(text) : null;
            using Stream archive = BinaryInput.Open(invocation.Values.GetValue(input));
            EventLog events = new(invocation.DataRoot());
            foreach (LoadedImage image in load.Load(archive, wanted))
            {
                events.Image("load", image.Id.ToString(), image.Names.Count > 0 ? image.Names[0].Familiar : null);
                Print(invocation.Terminal.Out, image);
            }

            return ExitCode.Success;
        })
        { WritesImages = true };
    }

    private static void Print(TextWriter output, LoadedImage image)
    {
        foreach (ImageReference name in image.Names)
        {
            output.WriteLine($"Loaded image: {name.Familiar}");
        }

        if (image.Names.Count == 0)
        {
            output.WriteLine($"Loaded image ID: {image.Id}");
        }
    }
}
