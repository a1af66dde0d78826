using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun ps`.</summary>
internal static class PsCommand
{
    internal const string Summary = "List containers";

    internal static CommandDefinition Define()
    {
        Option<bool> all = Switch("--all", "Also those whose program has ended", "-a");
        Option<bool> quiet = Switch("--quiet", "Ids alone", "-q");
        Option<bool> whole = Switch("--no-trunc", "Ids and commands in full");
        var command = new DockerCommand("ps", $"{Summary} that run.", "[OPTIONS]");
        command.Add(new OptionGroup("Options", [all, quiet, whole]));
        return new CommandDefinition(command, invocation => List(invocation, all, quiet, whole));
    }

    private static int List(Invocation invocation, Option<bool> all, Option<bool> quiet, Option<bool> whole)
    {
        ParseResult values = invocation.Values;
        IReadOnlyList<ContainerSummary> containers = new ListContainers(invocation.Store(), invocation.Runtime()).List(values.GetValue(all));
        bool full = values.GetValue(whole);
        if (values.GetValue(quiet))
        {
            foreach (ContainerSummary container in containers)
            {
                invocation.Terminal.Out.WriteLine(full ? container.Id.Value : ContainerTable.ShortId(container));
            }
        }
        else
        {
            invocation.Terminal.Out.Write(ContainerTable.Of(containers, DateTimeOffset.UtcNow, full));
        }

        return ExitCode.Success;
    }
}
