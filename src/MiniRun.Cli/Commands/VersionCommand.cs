using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using MiniRun.Cli.CommandLine;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun version`, and `minirun --version`.</summary>
internal static class VersionCommand
{
    internal const string Summary = "Print minirun's version";

    private const string Specification = "1.3.0";

    internal static CommandDefinition Define()
    {
        Option<string?> format = FormattedDocument.Option();
        var command = new DockerCommand("version", $"{Summary} and what it is built for.\nTo --format it has docker's shape; as there is no daemon, Server is minirun too.", "[OPTIONS]")
        {
            Examples = ["minirun version --format '{{.Server.Version}}'"],
        };
        command.Add(new OptionGroup("Options", [format]));
        return new CommandDefinition(command, invocation => invocation.Values.GetValue(format) is { Length: > 0 } asked
            ? FormattedDocument.Print(invocation.Terminal, FormattedDocument.Of(Write), asked)
            : Print(invocation.Terminal.Out));
    }

    internal static int Print(TextWriter output)
    {
        output.Write($"minirun version {Version()}, OCI runtime-spec {Specification}, {RuntimeInformation.RuntimeIdentifier}\n");
        return ExitCode.Success;
    }

    internal static string Version() => typeof(VersionCommand).Assembly.GetName().Version is { } version ? version.ToString(3) : "unknown";

    private static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (string part in new[] { "Client", "Server" })
        {
            json.WriteStartObject(part);
            json.WriteString("Version"u8, Version());
            json.WriteString("Os"u8, "linux"u8);
            json.WriteString("Arch"u8, RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64");
            json.WriteString("RuntimeSpec"u8, Specification);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
