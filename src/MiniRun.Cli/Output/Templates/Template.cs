using System.Text.Json;
using MiniRun.Cli.Output.Templates.Syntax;
using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates;

/// <summary>
/// A Go template, as --format takes them: text with actions in {{ }}. Source of its rules: the documentation of Go's
/// text/template and of docker's formatting.
/// </summary>
internal sealed class Template
{
    private readonly ParsedTemplate _parsed;
    private readonly bool _onScreen;

    private Template(ParsedTemplate parsed, bool onScreen)
    {
        _parsed = parsed;
        _onScreen = onScreen;
    }

    /// <param name="text">The template.</param>
    /// <param name="onScreen">Whether a terminal gets what is printed (<see cref="Terminal.IsScreen"/>): values show their control characters then; the template's own text is the caller's and stays.</param>
    /// <exception cref="TemplateException">The text is no template.</exception>
    internal static Template Parse(string text, bool onScreen = false) => new(TemplateParser.Parse(text), onScreen);

    /// <summary>The text for a document of `inspect`.</summary>
    /// <exception cref="TemplateException">The document has not what is asked for.</exception>
    internal string Print(JsonElement document) => Print(JsonValues.Read(document));

    /// <inheritdoc cref="Print(JsonElement)"/>
    internal string Print(TemplateValue value) => new Evaluator(_parsed, value, isHeader: false, _onScreen).Run();

    /// <summary>The text for the header of a table: functions that would change a header leave it.</summary>
    /// <exception cref="TemplateException">The header has not what is asked for.</exception>
    internal string PrintHeader(TemplateValue header) => new Evaluator(_parsed, header, isHeader: true, _onScreen).Run();
}
