using System.Text;
using System.Text.Json;

namespace MiniRun.Cli.Output.Templates;

/// <summary>`inspect --format`: documents by a template, one after the other, or all in one array.</summary>
internal sealed class TemplateOutput
{
    private readonly Template? _template;
    private readonly bool _oneLine;
    private readonly List<JsonElement> _documents = [];
    private readonly StringBuilder _text = new();

    /// <param name="format">A template; "json" for an array in one line, null or "" for one over several lines.</param>
    /// <param name="onScreen">See <see cref="Template.Parse"/>.</param>
    /// <exception cref="TemplateException">It is no template.</exception>
    internal TemplateOutput(string? format, bool onScreen = false)
    {
        _oneLine = format == "json";
        _template = _oneLine || string.IsNullOrEmpty(format) ? null : Template.Parse(format, onScreen);
    }

    /// <exception cref="TemplateException">The template asks for what the document has not; nothing of it is printed then.</exception>
    internal void Add(JsonElement document)
    {
        if (_template is null)
        {
            _documents.Add(document);
        }
        else
        {
            _text.Append(_template.Print(document)).Append('\n');
        }
    }

    /// <summary>All that was added. An empty line where a template had nothing to print, as with docker.</summary>
    internal string Text()
    {
        if (_template is not null)
        {
            return _text.Length > 0 ? _text.ToString() : "\n";
        }

        return _oneLine ? JsonOutput.Value(WriteAll) + "\n" : JsonOutput.Indented(WriteAll);
    }

    private void WriteAll(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (JsonElement document in _documents)
        {
            document.WriteTo(json);
        }

        json.WriteEndArray();
    }
}
