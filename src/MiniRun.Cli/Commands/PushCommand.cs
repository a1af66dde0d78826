using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Transfers;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Pushing;
using MiniRun.Engine.Registries;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun push`.</summary>
internal static class PushCommand
{
    internal const string Summary = "Send an image to its registry";

    internal static CommandDefinition Define()
    {
        Option<bool> quiet = Switch("--quiet", "Print the image's name alone", "-q");
        var image = new Argument<string>("NAME");
        var command = new DockerCommand("push", $"{Summary}: the one that its name begins with, docker.io if it has none.", "[OPTIONS] NAME[:TAG]")
        {
            Examples = ["minirun tag my-app localhost:5000/my-app", "minirun push localhost:5000/my-app"],
        };
        command.Add(new OptionGroup("Options", [quiet]));
        command.Arguments.Add(image);
        return new CommandDefinition(command, invocation =>
        {
            Push(invocation, ImageReference.Parse(invocation.Values.GetValue(image)!), invocation.Values.GetValue(quiet));
            return ExitCode.Success;
        });
    }

    private static void Push(Invocation invocation, ImageReference name, bool quiet)
    {
        using RegistryWriter registry = RegistryWriter.Open(Environment.GetEnvironmentVariable);
        Descriptor pushed;
        using (ITransferOutput output = TransferOutput.OnOutput(invocation.Terminal, quiet))
        {
            pushed = new PushImage(new ImageStore(invocation.DataRoot()), registry, output).PushAsync(name, CancellationToken.None).GetAwaiter().GetResult();
        }

        new EventLog(invocation.DataRoot()).Image("push", name.Familiar, name.Familiar);
        invocation.Terminal.Out.WriteLine(quiet ? name.ToString() : $"{name.Tag}: digest: {pushed.Digest} size: {pushed.Size}");
    }
}
