using System.Text.Json;

namespace MiniRun.Engine.Images.Documents;

/// <summary>Writes the members of an image's "config" object; what is empty is left out.</summary>
public static class ImageConfigWriter
{
    /// <summary>Writes the members into an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, ImageConfig config)
    {
        json.Text("User", config.User);
        Set(json, "ExposedPorts", config.ExposedPorts);
        Texts(json, "Env", config.Env);
        Texts(json, "Entrypoint", config.Entrypoint);
        Texts(json, "Cmd", config.Cmd);
        if (config.Healthcheck is { } check)
        {
            Write(json, check);
        }

        Set(json, "Volumes", config.Volumes);
        json.Text("WorkingDir", config.WorkingDir);
        Pairs(json, "Labels", config.Labels);
        json.Text("StopSignal", config.StopSignal);
        Texts(json, "OnBuild", config.OnBuild);
        Texts(json, "Shell", config.Shell);
    }

    /// <summary>Writes the member "Healthcheck".</summary>
    internal static void Write(Utf8JsonWriter json, Healthcheck check)
    {
        json.WriteStartObject("Healthcheck"u8);
        Texts(json, "Test", check.Test);
        Number(json, "Interval", check.Interval);
        Number(json, "Timeout", check.Timeout);
        Number(json, "StartPeriod", check.StartPeriod);
        Number(json, "StartInterval", check.StartInterval);
        Number(json, "Retries", check.Retries);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Set(Utf8JsonWriter json, string name, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (string member in new SortedSet<string>(names, StringComparer.Ordinal))
        {
            json.WriteStartObject(member);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Pairs(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach ((string key, string value) in new SortedDictionary<string, string>(new Dictionary<string, string>(pairs, StringComparer.Ordinal), StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
