using System.Globalization;
using System.Text.Json;
using MiniRun.Engine.Volumes;

namespace MiniRun.Engine.Inspection;

/// <summary>A volume in the shape that docker's inspect has.</summary>
public static class VolumeJson
{
    public static void Write(Utf8JsonWriter json, Volume volume, VolumeStore store)
    {
        json.WriteStartObject();
        json.WriteString("CreatedAt"u8, volume.Created.ToLocalTime().ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal));
        json.WriteString("Driver"u8, "local"u8);
        json.MapOrNull("Labels", volume.Labels);
        json.WriteString("Mountpoint"u8, store.FilesOf(volume.Name));
        json.WriteString("Name"u8, volume.Name.Value);
        json.MapOrNull("Options", volume.Options.Given);
        json.WriteString("Scope"u8, "local"u8);
        json.WriteEndObject();
    }
}
