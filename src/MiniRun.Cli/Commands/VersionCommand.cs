using System.Runtime.InteropServices;
using MiniRun.Cli.CommandLine;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun version`, and `minirun --version`.</summary>
internal static class VersionCommand
{
    internal const string Summary = "Print minirun's version";

    internal static CommandDefinition Define() =>
        new(new DockerCommand("version", $"{Summary} and what it is built for.", ""), invocation => Print(invocation.Terminal.Out));

    internal static int Print(TextWriter output)
    {
        output.Write($"minirun version {Version()}, OCI runtime-spec 1.3.0, {RuntimeInformation.RuntimeIdentifier}\n");
        return ExitCode.Success;
    }

    private static string Version() => typeof(VersionCommand).Assembly.GetName().Version is { } version ? version.ToString(3) : "unknown";
}
