using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Documents;

/// <summary>Writes manifests, indexes and configurations: the same contents always give the same bytes, since their digest is their name.</summary>
public static class DocumentWriter
{
    // Go writes "&" and "<" plainly where it is asked to, and images are compared by people; the BCL's default escapes all but letters.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ImageManifest manifest) => Document(json =>
    {
        json.WriteNumber("schemaVersion"u8, 2);
        json.WriteString("mediaType"u8, manifest.MediaType);
        json.WritePropertyName("config"u8);
        WriteDescriptor(json, manifest.Config);
        WriteDescriptors(json, "layers", manifest.Layers);
    });

    public static byte[] Write(ImageIndex index) => Document(json =>
    {
        json.WriteNumber("schemaVersion"u8, 2);
        json.WriteString("mediaType"u8, index.MediaType);
        WriteDescriptors(json, "manifests", index.Manifests);
    });

    public static byte[] Write(ImageDocument image) => Document(json =>
    {
        json.WriteString("architecture"u8, image.Platform.Architecture);
        json.Text("author", image.Author);
        json.WriteStartObject("config"u8);
        ImageConfigWriter.Write(json, image.Config);
        json.WriteEndObject();
        json.Time("created", image.Created);
        json.WriteStartArray("history"u8);
        foreach (HistoryEntry entry in image.History)
        {
            WriteHistory(json, entry);
        }

        json.WriteEndArray();
        json.WriteString("os"u8, image.Platform.Os);
        json.WriteStartObject("rootfs"u8);
        json.WriteString("type"u8, "layers"u8);
        json.WriteStartArray("diff_ids"u8);
        foreach (Digest layer in image.DiffIds)
        {
            json.WriteStringValue(layer.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Text("variant", image.Platform.Variant ?? "");
    });

    /// <summary>A document that is a list.</summary>
    internal static byte[] Array(Action<Utf8JsonWriter> items) => Bytes(json =>
    {
        json.WriteStartArray();
        items(json);
        json.WriteEndArray();
    });

    /// <summary>A document that is an object.</summary>
    internal static byte[] Document(Action<Utf8JsonWriter> members) => Bytes(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    private static byte[] Bytes(Action<Utf8JsonWriter> value)
    {
        ArrayBufferWriter<byte> bytes = new(2048);
        using (Utf8JsonWriter json = new(bytes, s_options))
        {
            value(json);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteDescriptors(Utf8JsonWriter json, string name, IReadOnlyList<Descriptor> descriptors)
    {
        json.WriteStartArray(name);
        foreach (Descriptor descriptor in descriptors)
        {
            WriteDescriptor(json, descriptor);
        }

        json.WriteEndArray();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, Descriptor descriptor)
    {
        json.WriteStartObject();
        json.WriteString("mediaType"u8, descriptor.MediaType);
        json.WriteString("digest"u8, descriptor.Digest.ToString());
        json.WriteNumber("size"u8, descriptor.Size);
        if (descriptor.Platform is { } platform)
        {
            json.WriteStartObject("platform"u8);
            json.WriteString("architecture"u8, platform.Architecture);
            json.WriteString("os"u8, platform.Os);
            json.Text("variant", platform.Variant ?? "");
            json.WriteEndObject();
        }

        if (descriptor.Annotations.Count > 0)
        {
            json.WriteStartObject("annotations"u8);
            foreach ((string key, string value) in new SortedDictionary<string, string>(descriptor.Annotations.ToDictionary(), StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, HistoryEntry entry)
    {
        json.WriteStartObject();
        json.Time("created", entry.Created);
        json.Text("created_by", entry.CreatedBy);
        json.Text("author", entry.Author);
        json.Text("comment", entry.Comment);
        if (entry.EmptyLayer)
        {
            json.WriteBoolean("empty_layer"u8, true);
        }

        json.WriteEndObject();
    }

    internal static void Text(this Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));
        }
    }
}
