using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun tag`.</summary>
internal static class TagCommand
{
    internal const string Summary = "Give an image one more name";

    internal static CommandDefinition Define()
    {
        var source = new Argument<string>("SOURCE_IMAGE");
        var target = new Argument<string>("TARGET_IMAGE");
        var command = new DockerCommand("tag", $"{Summary}. Another image that has it loses it.", "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]")
        {
            Examples = ["minirun tag my-app localhost:5000/my-app:1.0"],
        };
        command.Arguments.Add(source);
        command.Arguments.Add(target);
        return new CommandDefinition(command, invocation =>
        {
            StoredImage tagged = Tag(new ImageStore(invocation.DataRoot()), invocation.Values.GetValue(source)!, invocation.Values.GetValue(target)!);
            new EventLog(invocation.DataRoot()).Image("tag", tagged.Id.ToString(), ImageReference.Parse(invocation.Values.GetValue(target)!).Familiar);
            return ExitCode.Success;
        });
    }

    private static StoredImage Tag(ImageStore store, string source, string target)
    {
        ImageReference name = ImageReference.Parse(target);
        if (name.Digest is not null)
        {
            throw new MiniRunException($"refusing to create a tag with a digest reference: {target}");
        }

        using IDisposable use = store.Use();
        StoredImage image = store.Get(source);
        store.Name(image.ManifestDescriptor, [name]);
        return image;
    }
}
