using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Transfers;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Pulling;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun pull`.</summary>
internal static class PullCommand
{
    internal const string Summary = "Download an image from a registry";

    internal static CommandDefinition Define()
    {
        Option<bool> quiet = Switch("--quiet", "Print the image's name alone", "-q");
        Option<string?> platform = Value("--platform", "OS/ARCH", "The image for this platform (default: this machine's)");
        var image = new Argument<string>("IMAGE");
        var command = new DockerCommand("pull", $"{Summary}. \"ubuntu\" is docker.io/library/ubuntu:latest. What is here already is\nnot downloaded again, and a download that was broken off goes on where it stopped.", "[OPTIONS] IMAGE[:TAG|@DIGEST]")
        {
            Examples = ["minirun pull ubuntu:24.04", "minirun pull localhost:5000/my-app@sha256:…"],
        };
        command.Add(new OptionGroup("Options", [quiet, platform]));
        command.Arguments.Add(image);
        return new CommandDefinition(command, invocation =>
        {
            ImageReference name = ImageReference.Parse(invocation.Values.GetValue(image)!);
            Platform? wanted = invocation.Values.GetValue(platform) is { } text ? Platform.Parse(text) : null;
            Pull(invocation, name, wanted, invocation.Values.GetValue(quiet));
            return ExitCode.Success;
        })
        { WritesImages = true };
    }

    private static void Pull(Invocation invocation, ImageReference name, Platform? platform, bool quiet)
    {
        TextWriter output = invocation.Terminal.Out;
        PulledImage pulled;
        using (ITransferOutput progress = TransferOutput.OnOutput(invocation.Terminal, quiet))
        {
            pulled = ImageTransfers.Pull(invocation.DataRoot(), name, platform, progress);
        }

        if (!quiet)
        {
            ImageTransfers.Report(output, name, pulled);
        }

        output.WriteLine(pulled.Name.ToString());
    }
}
