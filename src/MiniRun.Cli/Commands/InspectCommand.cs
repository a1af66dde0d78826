using System.CommandLine;
using System.Text.Json;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Templates;
using MiniRun.Engine.Images.Store;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun inspect`: images, so far.</summary>
internal static class InspectCommand
{
    internal const string Summary = "Show all that is known of images, as JSON";

    internal static CommandDefinition Define()
    {
        Option<string?> format = Value("--format", "FORMAT", "json (in one line), or a Go template for each image, such as '{{.Config.Env}}'", "-f");
        var images = new Argument<string[]>("IMAGE") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("inspect", $"{Summary} in docker's shape.", "[OPTIONS] IMAGE [IMAGE...]")
        {
            Examples = ["minirun inspect --format '{{.Config.Env}}' busybox", "minirun inspect -f '{{range .RepoTags}}{{println .}}{{end}}' busybox"],
        };
        command.Add(new OptionGroup("Options", [format]));
        command.Arguments.Add(images);
        return new CommandDefinition(command, invocation =>
            Inspect(invocation, Required.Some(invocation.Values.GetValue(images), "inspect"), invocation.Values.GetValue(format)));
    }

    private static int Inspect(Invocation invocation, string[] names, string? format)
    {
        TemplateOutput output;
        try
        {
            output = new TemplateOutput(format);
        }
        catch (TemplateException failure)
        {
            ErrorReport.Print(invocation.Terminal.Error, failure.Message);
            return ExitCode.WrongTemplate;
        }

        bool all = true;
        ImageStore store = new(invocation.DataRoot());
        foreach (string name in names)
        {
            all &= Add(output, store, name, invocation.Terminal);
        }

        invocation.Terminal.Out.Write(output.Text());
        return all ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>One that fails does not keep the others from being shown.</summary>
    private static bool Add(TemplateOutput output, ImageStore store, string name, Terminal terminal)
    {
        if (store.Find(name) is not { } image)
        {
            ErrorReport.Print(terminal.Error, $"No such image: {name}");
            return false;
        }

        try
        {
            output.Add(Document(store, image));
            return true;
        }
        catch (TemplateException failure)
        {
            ErrorReport.Print(terminal.Error, failure.Message);
            return false;
        }
    }

    private static JsonElement Document(ImageStore store, StoredImage image)
    {
        List<StoredReference> references = [.. store.References().Where(reference => reference.Manifest.Digest == image.ManifestDescriptor.Digest)];
        using JsonDocument document = JsonDocument.Parse(JsonOutput.Value(json => ImageJson.Write(json, image, store.SizeOf(image), references)));
        return document.RootElement.Clone();
    }
}
