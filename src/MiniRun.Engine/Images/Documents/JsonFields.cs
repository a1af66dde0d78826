using System.Globalization;
using System.Text.Json;
using MiniRun.Linux;

namespace MiniRun.Engine.Images.Documents;

/// <summary>Reads members of an object whose absence and null mean the same. A value of another type is an error that names the member.</summary>
internal static class JsonFields
{
    /// <summary>Parses a document, which must be one object without a name twice: two readers could take two meanings from it.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="subject">Its name for errors.</param>
    /// <param name="kind">What it is expected to be, for errors: "an image configuration".</param>
    /// <param name="read">Takes the values out; a FormatException says what is wrong with one.</param>
    /// <exception cref="MiniRunException">It is no such document.</exception>
    internal static T Parse<T>(ReadOnlyMemory<byte> bytes, string subject, string kind, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            Expect(document.RootElement, JsonValueKind.Object, "the document");
            RefuseDuplicates(document.RootElement);
            return read(document.RootElement);
        }
        catch (JsonException problem)
        {
            // Its own message is a resource's key in the published program.
            throw new MiniRunException($"{subject} is not {kind}: no valid JSON at line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}", problem);
        }
        catch (Exception problem) when (problem is FormatException or InvalidOperationException)
        {
            throw new MiniRunException($"{subject} is not {kind}: {problem.Message}", problem);
        }
    }

    internal static JsonElement? Member(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    internal static JsonElement? Object(this JsonElement parent, string name) => Typed(parent, name, JsonValueKind.Object);

    internal static string Text(this JsonElement parent, string name) => Typed(parent, name, JsonValueKind.String)?.GetString() ?? "";

    internal static string RequiredText(this JsonElement parent, string name) =>
        parent.Member(name) is null ? throw new FormatException($"{name} is missing") : parent.Text(name);

    internal static long Number(this JsonElement parent, string name) =>
        Typed(parent, name, JsonValueKind.Number) is not { } value ? 0
        : value.TryGetInt64(out long number) ? number
        : throw new FormatException($"{name} is no whole number of 64 bits");

    internal static bool Flag(this JsonElement parent, string name) => parent.Member(name) is { } value && (value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false", value),
    });

    internal static DateTimeOffset? Time(this JsonElement parent, string name)
    {
        string text = parent.Text(name);
        return text.Length == 0 ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
            : throw new FormatException($"{name} is no RFC 3339 time");
    }

    internal static IReadOnlyList<string> Texts(this JsonElement parent, string name) => parent.List(name, item =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong($"an item of {name}", "a text", item));

    internal static IReadOnlyList<T> List<T>(this JsonElement parent, string name, Func<JsonElement, T> read)
    {
        if (Typed(parent, name, JsonValueKind.Array) is not { } array)
        {
            return [];
        }

        List<T> items = new(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            items.Add(read(item));
        }

        return items;
    }

    /// <summary>The names in an object that stands for a set: {"80/tcp":{}}.</summary>
    internal static IReadOnlyList<string> Names(this JsonElement parent, string name)
    {
        List<string> names = [];
        if (parent.Object(name) is { } set)
        {
            foreach (JsonProperty member in set.EnumerateObject())
            {
                names.Add(member.Name);
            }
        }

        return names;
    }

    internal static IReadOnlyList<KeyValuePair<string, string>> Pairs(this JsonElement parent, string name)
    {
        List<KeyValuePair<string, string>> pairs = [];
        if (parent.Object(name) is { } map)
        {
            RefuseDuplicates(map);
            foreach (JsonProperty member in map.EnumerateObject())
            {
                Expect(member.Value, JsonValueKind.String, $"{name}.{member.Name}");
                pairs.Add(new(member.Name, member.Value.GetString()!));
            }
        }

        return pairs;
    }

    internal static void Expect(JsonElement value, JsonValueKind kind, string name)
    {
        if (value.ValueKind != kind)
        {
            throw Wrong(name, Word(kind), value);
        }
    }

    private static JsonElement? Typed(JsonElement parent, string name, JsonValueKind kind)
    {
        JsonElement? value = parent.Member(name);
        if (value is { } there)
        {
            Expect(there, kind, name);
        }

        return value;
    }

    private static void RefuseDuplicates(JsonElement root)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!names.Add(member.Name))
            {
                throw new FormatException($"{member.Name} is there twice");
            }
        }
    }

    private static FormatException Wrong(string name, string expected, JsonElement value) => new($"{name}: {expected} is expected, not {Word(value.ValueKind)}");

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
