using System.CommandLine;
using System.Text.Json;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Inventory;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun info`, and `minirun system info`.</summary>
internal static class InfoCommand
{
    internal const string Summary = "Show what this host offers containers, and what there is here";

    internal static CommandDefinition Define()
    {
        Option<string?> format = FormattedDocument.Option();
        var command = new DockerCommand("info", $"{Summary}.\nWhat limits are not to be had is told on standard error.", "[OPTIONS]")
        {
            Examples = ["minirun info", "minirun info --format '{{.CgroupVersion}} {{.SecurityOptions}}'"],
        };
        command.Add(new OptionGroup("Options", [format]));
        return new CommandDefinition(command, invocation => Show(invocation, invocation.Values.GetValue(format)));
    }

    private static int Show(Invocation invocation, string? format)
    {
        var host = HostSummary.Read(invocation.DataRoot(), invocation.Store(), invocation.Runtime(), Environment.GetEnvironmentVariable);
        JsonElement document = FormattedDocument.Of(json => HostSummaryJson.Write(json, host, VersionCommand.Version()));
        if (!string.IsNullOrEmpty(format))
        {
            return FormattedDocument.Print(invocation.Terminal, document, format);
        }

        invocation.Terminal.Out.Write(HostSummaryText.Of(document));
        invocation.Terminal.Out.Flush();
        foreach (string warning in host.Warnings)
        {
            invocation.Terminal.Error.WriteLine($"WARNING: {warning}");
        }

        return ExitCode.Success;
    }
}
