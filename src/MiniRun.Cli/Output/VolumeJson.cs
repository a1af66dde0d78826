using System.Globalization;
using System.Text.Json;
using MiniRun.Engine.Volumes;

namespace MiniRun.Cli.Output;

/// <summary>A volume in the shape that docker's inspect has.</summary>
internal static class VolumeJson
{
    internal static void Write(Utf8JsonWriter json, Volume volume, VolumeStore store)
    {
        json.WriteStartObject();
        json.WriteString("CreatedAt", volume.Created.ToLocalTime().ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal));
        json.WriteString("Driver", "local");
        WritePairs(json, "Labels", volume.Labels);
        json.WriteString("Mountpoint", store.FilesOf(volume.Name));
        json.WriteString("Name", volume.Name.Value);
        WritePairs(json, "Options", volume.Options.Given);
        json.WriteString("Scope", "local");
        json.WriteEndObject();
    }

    private static void WritePairs(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach ((string key, string value) in pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
