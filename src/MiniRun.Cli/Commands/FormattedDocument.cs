using System.CommandLine;
using System.Text.Json;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Templates;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>One document of docker's API, as --format asks for it.</summary>
internal static class FormattedDocument
{
    internal static Option<string?> Option() => Value("--format", "FORMAT", "json (in one line), or a Go template", "-f");

    internal static JsonElement Of(Action<Utf8JsonWriter> write)
    {
        using JsonDocument document = JsonDocument.Parse(JsonOutput.Value(write));
        return document.RootElement.Clone();
    }

    /// <summary>Prints it.</summary>
    /// <returns>The command's exit code.</returns>
    internal static int Print(Terminal terminal, JsonElement document, string format)
    {
        try
        {
            terminal.Out.Write((format == "json" ? JsonOutput.Value(document.WriteTo) : Template.Parse(format, terminal.IsScreen).Print(document)) + "\n");
            return ExitCode.Success;
        }
        catch (TemplateException failure)
        {
            ErrorReport.Print(terminal.Error, failure.Message);
            return ExitCode.WrongTemplate;
        }
    }
}
