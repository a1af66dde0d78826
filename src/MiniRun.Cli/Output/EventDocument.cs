using System.Buffers;
using System.Text.Json;
using MiniRun.Engine.Events;

namespace MiniRun.Cli.Output;

/// <summary>An event as templates see it: by the names of docker's Go fields, which its JSON writes in lower case.</summary>
internal static class EventDocument
{
    private const long PerSecond = 1_000_000_000;

    internal static JsonElement Of(LoggedEvent happened)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("Status"u8, happened.Action);
            json.WriteString("ID"u8, happened.Id);
            json.WriteString("From"u8, happened.From ?? "");
            json.WriteString("Type"u8, happened.Type);
            json.WriteString("Action"u8, happened.Action);
            json.WriteStartObject("Actor"u8);
            json.WriteString("ID"u8, happened.Id);
            json.WriteStartObject("Attributes"u8);
            foreach ((string key, string value) in happened.Attributes)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("Scope"u8, "local"u8);
            json.WriteNumber("Time"u8, happened.Time.Nanoseconds / PerSecond);
            json.WriteNumber("TimeNano"u8, happened.Time.Nanoseconds);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }
}
