using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun inspect`: images, so far.</summary>
internal static class InspectCommand
{
    internal const string Summary = "Show all that is known of images, as JSON";

    internal static CommandDefinition Define()
    {
        var images = new Argument<string[]>("IMAGE") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("inspect", $"{Summary} in docker's shape.", "IMAGE [IMAGE...]");
        command.Arguments.Add(images);
        return new CommandDefinition(command, invocation => Inspect(invocation, Required.Some(invocation.Values.GetValue(images), "inspect")));
    }

    private static int Inspect(Invocation invocation, string[] names)
    {
        ImageStore store = new(invocation.DataRoot());
        int result = ExitCode.Success;
        string text = JsonOutput.Indented(json =>
        {
            json.WriteStartArray();
            foreach (string name in names)
            {
                if (store.Find(name) is { } image)
                {
                    ImageJson.Write(json, image, store.SizeOf(image), [.. store.References().Where(reference => reference.Manifest.Digest == image.ManifestDescriptor.Digest)]);
                }
                else
                {
                    ErrorReport.Print(invocation.Terminal.Error, $"No such image: {name}");
                    result = ExitCode.Failure;
                }
            }

            json.WriteEndArray();
        });
        invocation.Terminal.Out.Write(text);
        return result;
    }
}
