using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Snapshots;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun commit`.</summary>
internal static class CommitCommand
{
    internal const string Summary = "Make an image of what a container has changed";

    internal static CommandDefinition Define()
    {
        Option<string?> author = Value("--author", "TEXT", "Who made it", "-a");
        Option<string[]> changes = Values("--change", "INSTRUCTION", "A Dockerfile instruction that changes what the image says", "-c");
        Option<string?> message = Value("--message", "TEXT", "A comment in the image's history", "-m");
        Option<string?> pause = Value("--pause", "true|false", "Stop the container's processes meanwhile (default: true)", "-p");
        var container = new Argument<string>("CONTAINER");
        var name = new Argument<string?>("REPOSITORY") { Arity = ArgumentArity.ZeroOrOne };
        var command = new DockerCommand("commit", $"{Summary}.", "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]")
        {
            Examples = ["minirun commit web my-web:patched", "minirun commit -c 'CMD [\"nginx\"]' -m 'with nginx' box my-nginx"],
        };
        command.Add(new OptionGroup("Options", [author, changes, message, pause]));
        command.Arguments.Add(container);
        command.Arguments.Add(name);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            var request = new CommitRequest
            {
                Name = values.GetValue(name) is { } text ? ImageReference.Parse(text) : null,
                Author = values.GetValue(author) ?? "",
                Message = values.GetValue(message) ?? "",
                Changes = values.GetValue(changes) ?? [],
                Pause = values.GetValue(pause) is null or "true",
            };
            invocation.Terminal.Out.WriteLine(new CommitContainer(invocation.Store(), invocation.Runtime(), RunReader.Read).Commit(values.GetValue(container)!, request));
            return ExitCode.Success;
        })
        { WritesImages = true };
    }
}
