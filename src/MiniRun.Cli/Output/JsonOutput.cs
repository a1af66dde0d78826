using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniRun.Cli.Output;

/// <summary>JSON as docker prints it.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions s_indented = s_line with { Indented = true, IndentSize = 4, NewLine = "\n" };

    /// <summary>One object in one line.</summary>
    internal static string Line(Action<Utf8JsonWriter> members) => Text(s_line, json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    /// <summary>Any value in one line, without its end.</summary>
    internal static string Value(Action<Utf8JsonWriter> value) => Text(s_line, value).TrimEnd('\n');

    /// <summary>A value over several lines, indented by four.</summary>
    internal static string Indented(Action<Utf8JsonWriter> value) => Text(s_indented, value);

    private static string Text(JsonWriterOptions options, Action<Utf8JsonWriter> value)
    {
        ArrayBufferWriter<byte> bytes = new(4096);
        using (Utf8JsonWriter json = new(bytes, options))
        {
            value(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }
}
