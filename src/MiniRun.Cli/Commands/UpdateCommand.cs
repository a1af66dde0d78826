using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun update`.</summary>
internal static class UpdateCommand
{
    internal const string Summary = "Change limits and restart policies of containers";

    internal static CommandDefinition Define()
    {
        var resources = new ResourceOptions();
        Option<string?> restart = Value("--restart", "POLICY", "Start its program again: no, on-failure[:COUNT], always or unless-stopped");
        var containers = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("update", $"{Summary}, those that run at once.\nWhat is not given stays. Either all of it can be had, or nothing changes.", "[OPTIONS] CONTAINER [CONTAINER...]")
        {
            Examples = ["minirun update -m 512m --memory-swap 1g web", "minirun update --restart=on-failure:3 --pids-limit=-1 web database"],
        };
        Option[] options = [.. resources.Changeable, restart];
        command.Add(new OptionGroup("Options", options));
        command.Arguments.Add(containers);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            string[] references = Required.Some(values.GetValue(containers), "update");
            if (!options.Any(option => values.GetResult(option) is { Implicit: false }))
            {
                throw new UsageException("you must provide one or more flags when using this command; see 'minirun update --help'");
            }

            var changes = new LimitChanges
            {
                Resources = resources.Read(values),
                LiftsPids = resources.LiftsPids(values),
                Restart = values.One(restart, RestartPolicy.Parse),
            };
            var update = new UpdateContainer(invocation.Store(), invocation.Runtime(), RunReader.Read);
            return EachContainer.Do(invocation, "update", references, reference => update.Update(reference, changes));
        });
    }
}
