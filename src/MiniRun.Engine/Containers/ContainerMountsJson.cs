using System.Text.Json;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;

namespace MiniRun.Engine.Containers;

/// <summary>The part of container.json about the mounts' sources: paths of the host, volumes, images; left out where there are none.</summary>
internal static class ContainerMountsJson
{
    internal static void Write(Utf8JsonWriter json, ContainerRecord record)
    {
        if (record.Sources.Count > 0)
        {
            json.WriteStartArray("sources"u8);
            foreach ((string destination, string path) in record.Sources)
            {
                json.WriteStartObject();
                json.WriteString("destination"u8, destination);
                json.WriteString("path"u8, path);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (record.Volumes.Count > 0)
        {
            json.WriteStartArray("volumes"u8);
            foreach (RecordedVolume volume in record.Volumes)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, volume.Name.Value);
                json.WriteString("destination"u8, volume.Destination);
                json.WriteBoolean("anonymous"u8, volume.Anonymous);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (record.MountedImages.Count > 0)
        {
            json.WriteStartArray("mountedImages"u8);
            foreach (RecordedImageMount mount in record.MountedImages)
            {
                json.WriteStartObject();
                json.WriteString("destination"u8, mount.Destination);
                json.WriteString("image"u8, mount.Image);
                if (mount.Manifest is { } manifest)
                {
                    json.WriteString("manifest"u8, manifest.ToString());
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    internal static Dictionary<string, string> Sources(JsonElement json)
    {
        Dictionary<string, string> sources = [];
        foreach (JsonElement source in Elements(json, "sources"))
        {
            string path = Text(source, "path");
            sources[Text(source, "destination")] = path.StartsWith('/') ? path : throw new FormatException("a mount's source is no absolute path");
        }

        return sources;
    }

    internal static List<RecordedVolume> Volumes(JsonElement json)
    {
        List<RecordedVolume> volumes = [];
        foreach (JsonElement volume in Elements(json, "volumes"))
        {
            volumes.Add(new RecordedVolume(VolumeName.Parse(Text(volume, "name")), Text(volume, "destination"), volume.GetProperty("anonymous").GetBoolean()));
        }

        return volumes;
    }

    internal static List<RecordedImageMount> Images(JsonElement json)
    {
        List<RecordedImageMount> images = [];
        foreach (JsonElement mount in Elements(json, "mountedImages"))
        {
            Digest? manifest = mount.TryGetProperty("manifest", out JsonElement digest) ? Digest.Parse(digest.GetString() ?? "", "a mounted image") : null;
            images.Add(new RecordedImageMount(Text(mount, "destination"), Text(mount, "image"), manifest));
        }

        return images;
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : default;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException("null where a text is expected");
}
