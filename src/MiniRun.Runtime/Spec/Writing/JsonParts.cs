using System.Text.Json;

namespace MiniRun.Runtime.Spec.Writing;

/// <summary>Members of an object; what was not given is not written, so that reading the result gives the same records.</summary>
internal static class JsonParts
{
    public static void Text(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Flag(this Utf8JsonWriter json, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is not null)
        {
            json.WriteBoolean(name, value.Value);
        }
    }

    /// <summary>Writes true, and nothing for false.</summary>
    public static void FlagIfTrue(this Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value) => json.Flag(name, value ? true : null);

    public static void Signed(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is not null)
        {
            json.WriteNumber(name, value.Value);
        }
    }

    public static void Unsigned(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong? value)
    {
        if (value is not null)
        {
            json.WriteNumber(name, value.Value);
        }
    }

    public static void Texts(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void TextMap(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach ((string key, string value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    /// <summary>A list of objects; <paramref name="write"/> writes the members of one.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Objects under names of the user's; <paramref name="write"/> writes the members of one.</summary>
    public static void Map<T>(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T> items, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach ((string key, T item) in items)
        {
            json.WriteStartObject(key);
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>One object; <paramref name="write"/> writes its members.</summary>
    public static void Part<T>(this Utf8JsonWriter json, ReadOnlySpan<byte> name, T? part, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (part is null)
        {
            return;
        }

        json.WriteStartObject(name);
        write(json, part);
        json.WriteEndObject();
    }
}
