using System.Globalization;
using System.Text.Json;

namespace MiniRun.Engine.Inspection;

/// <summary>The forms that docker's API has for lists, maps and times.</summary>
internal static class DockerJson
{
    /// <summary>As Go writes them (RFC3339Nano), in UTC; the year 1 for what has not happened.</summary>
    internal static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, (time ?? DateTimeOffset.MinValue).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));

    internal static void Texts(this Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>A list that is null without elements: those that docker does not make before it needs them.</summary>
    internal static void TextsOrNull(this Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.Texts(name, texts);
        }
    }

    internal static void Objects<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A map; of a key that comes twice the last value counts.</summary>
    internal static void Map(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in Sorted(pairs))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    /// <summary>A map that is null where it is empty.</summary>
    internal static void MapOrNull(this Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.Map(name, pairs);
        }
    }

    /// <summary>A map that is left out where it is empty.</summary>
    internal static void MapIfAny(this Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count > 0)
        {
            json.Map(name, pairs);
        }
    }

    /// <summary>A set, which Go writes as a map to empty objects.</summary>
    internal static void Set(this Utf8JsonWriter json, string name, IReadOnlyList<string> members)
    {
        json.WriteStartObject(name);
        foreach (string member in new SortedSet<string>(members, StringComparer.Ordinal))
        {
            json.WriteStartObject(member);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach ((string key, string value) in pairs)
        {
            sorted[key] = value;
        }

        return sorted;
    }
}
