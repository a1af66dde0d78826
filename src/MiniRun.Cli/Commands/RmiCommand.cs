using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inventory;
using MiniRun.Linux;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun rmi`.</summary>
internal static class RmiCommand
{
    internal const string Summary = "Remove images";

    internal static CommandDefinition Define()
    {
        Option<bool> force = Switch("--force", "Also an image of several names by its id, and one that ended containers were made of", "-f");
        Option<bool> noPrune = Switch("--no-prune", "Keep the image when its last name goes");
        var images = new Argument<string[]>("IMAGE") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("rmi", $"{Summary}: a name, and with the last name the image and its layers.", "[OPTIONS] IMAGE [IMAGE...]");
        command.Add(new OptionGroup("Options", [force, noPrune]));
        command.Arguments.Add(images);
        return new CommandDefinition(command, invocation => Remove(invocation, force, noPrune, images)) { WritesImages = true };
    }

    private static int Remove(Invocation invocation, Option<bool> force, Option<bool> noPrune, Argument<string[]> images)
    {
        ParseResult values = invocation.Values;
        ImageStore store = new(invocation.DataRoot());
        RemoveImage remove = new(store, invocation.Store(), invocation.Runtime());
        int result = ExitCode.Success;
        foreach (string image in Required.Some(values.GetValue(images), "rmi"))
        {
            try
            {
                string id = store.Find(image)?.Id.ToString() ?? image;
                RemovedImage removed = remove.Remove(image, values.GetValue(force), prune: !values.GetValue(noPrune));
                Note(new EventLog(invocation.DataRoot()), id, removed);
                Print(invocation.Terminal.Out, removed);
            }
            catch (MiniRunException failure)
            {
                ErrorReport.Print(invocation.Terminal.Error, failure.Message);
                result = ExitCode.Failure;
            }
        }

        return result;
    }

    /// <summary>The image is the first that is deleted, its layers are no events.</summary>
    private static void Note(EventLog events, string id, RemovedImage removed)
    {
        foreach (string name in removed.Untagged)
        {
            events.Image("untag", id, name);
        }

        if (removed.Deleted.Count > 0)
        {
            events.Image("delete", id, null);
        }
    }

    private static void Print(TextWriter output, RemovedImage removed)
    {
        foreach (string name in removed.Untagged)
        {
            output.WriteLine($"Untagged: {name}");
        }

        foreach (Digest digest in removed.Deleted)
        {
            output.WriteLine($"Deleted: {digest}");
        }
    }
}
