using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Volumes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun volume rm`.</summary>
internal static class VolumeRemoveCommand
{
    internal const string Summary = "Remove volumes";

    internal static CommandDefinition Define()
    {
        Option<bool> force = Switch("--force", "One that is not there is no error", "-f");
        var names = new Argument<string[]>("VOLUME") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("volume rm", $"{Summary} with all that is in them. One that a container has, running or not, is not removed.", "[OPTIONS] VOLUME [VOLUME...]");
        command.Add(new OptionGroup("Options", [force]));
        command.Arguments.Add(names);
        return new CommandDefinition(command, invocation =>
        {
            bool forced = invocation.Values.GetValue(force);
            var remove = new RemoveVolume(invocation.Store());
            return EachContainer.Do(invocation, "volume rm", invocation.Values.GetValue(names) ?? [], name => remove.Remove(name, forced));
        });
    }
}
