using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun pause` and `unpause`.</summary>
internal static class PauseCommand
{
    internal const string Summary = "Stop all processes of containers where they are, until unpause";
    internal const string UnpauseSummary = "Let paused containers go on";

    internal static CommandDefinition Define() =>
        PlainCommand.Define("pause", $"{Summary} (cgroup.freeze).", static invocation => new PauseContainer(invocation.Store(), invocation.Runtime()).Pause);

    internal static CommandDefinition DefineUnpause() =>
        PlainCommand.Define("unpause", $"{UnpauseSummary}.", static invocation => new PauseContainer(invocation.Store(), invocation.Runtime()).Unpause);
}
