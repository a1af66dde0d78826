using System.Text;
using System.Text.Json;
using MiniRun.Engine.Logs;
using MiniRun.Linux;

namespace MiniRun.Engine.Events;

/// <summary>An event that was read again.</summary>
public sealed record LoggedEvent
{
    private const int MaxDepth = 8;

    /// <summary>container, image, volume …</summary>
    public required string Type { get; init; }

    /// <summary>What happened: "start", "exec_create: ls -l".</summary>
    public required string Action { get; init; }

    /// <summary>To whom.</summary>
    public required string Id { get; init; }

    /// <summary>A container's image.</summary>
    public string? From { get; init; }

    /// <summary>Sorted by key.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; }

    public required LogTime Time { get; init; }

    /// <summary>An attribute's value; null where there is none of that key.</summary>
    public string? Attribute(string key)
    {
        foreach ((string present, string value) in Attributes)
        {
            if (present == key)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Reads a line of events.log; null where it is none.</summary>
    public static LoggedEvent? TryRead(ReadOnlySpan<byte> line)
    {
        if (line is not [(byte)'{', ..])
        {
            return null; // an exception a line would take minutes of a file full of rubbish
        }

        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            JsonElement json = document.RootElement;
            JsonElement actor = json.GetProperty("Actor"u8);
            List<KeyValuePair<string, string>> attributes = [];
            foreach (JsonProperty attribute in actor.GetProperty("Attributes"u8).EnumerateObject())
            {
                attributes.Add(new(attribute.Name, attribute.Value.GetString() ?? ""));
            }

            return new LoggedEvent
            {
                Type = json.GetProperty("Type"u8).GetString() ?? "",
                Action = json.GetProperty("Action"u8).GetString() ?? "",
                Id = actor.GetProperty("ID"u8).GetString() ?? "",
                From = json.TryGetProperty("from", out JsonElement from) ? from.GetString() : null,
                Attributes = attributes,
                Time = new LogTime(json.GetProperty("timeNano"u8).GetInt64()),
            };
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>As the file has it, without the newline.</summary>
    public string ToJson() => Encoding.UTF8.GetString(EventLine.Of(Type, Action, Id, From, [.. Attributes], Time)).TrimEnd('\n');

    /// <summary>docker's line: "2026-11-28T00:00:00.000000000Z container start ID (image=busybox, name=web)". Names and labels are shown, not obeyed.</summary>
    public override string ToString()
    {
        Span<byte> time = stackalloc byte[LogTime.FormattedLength];
        Time.Format(time);
        StringBuilder text = new();
        text.Append(Encoding.ASCII.GetString(time)).Append(' ').Append(Type).Append(' ').Append(Action).Append(' ').Append(Id);
        for (int i = 0; i < Attributes.Count; i++)
        {
            text.Append(i == 0 ? " (" : ", ").Append(Attributes[i].Key).Append('=').Append(Attributes[i].Value);
        }

        return OneLine.Of(text.Append(Attributes.Count > 0 ? ")" : "").ToString());
    }
}
