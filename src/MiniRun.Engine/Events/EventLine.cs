using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MiniRun.Engine.Logs;

namespace MiniRun.Engine.Events;

/// <summary>An event as a line of JSON in docker's shape. Source: moby's api/types/events.Message.</summary>
internal static class EventLine
{
    private const long PerSecond = 1_000_000_000;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="type">container, image, volume …</param>
    /// <param name="action">What happened.</param>
    /// <param name="id">To whom.</param>
    /// <param name="from">A container's image; null for what is no container.</param>
    /// <param name="attributes">What there is to say; it is sorted by key, as Go writes it.</param>
    /// <param name="time">When.</param>
    internal static ReadOnlySpan<byte> Of(string type, string action, string id, string? from, List<KeyValuePair<string, string>> attributes, LogTime time)
    {
        attributes.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            if (type != "volume")
            {
                json.WriteString("status"u8, action);
                json.WriteString("id"u8, id);
            }

            if (from is not null)
            {
                json.WriteString("from"u8, from);
            }

            json.WriteString("Type"u8, type);
            json.WriteString("Action"u8, action);
            json.WriteStartObject("Actor"u8);
            json.WriteString("ID"u8, id);
            json.WriteStartObject("Attributes"u8);
            foreach ((string key, string value) in attributes)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("scope"u8, "local"u8);
            json.WriteNumber("time"u8, time.Nanoseconds / PerSecond);
            json.WriteNumber("timeNano"u8, time.Nanoseconds);
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan;
    }
}
