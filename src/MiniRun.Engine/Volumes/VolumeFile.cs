using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MiniRun.Engine.Options;
using MiniRun.Linux;

namespace MiniRun.Engine.Volumes;

/// <summary>volume.json: read by older and newer versions, so unknown keys are skipped.</summary>
public static class VolumeFile
{
    /// <summary>Its name in the volume's folder.</summary>
    public const string Name = "volume.json";

    /// <summary>The largest one read, in bytes.</summary>
    public const int MaxSize = 4 << 20;

    public static byte[] Write(Volume volume)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, 1);
            json.WriteString("name"u8, volume.Name.Value);
            json.WriteString("created"u8, volume.Created.ToString("O", CultureInfo.InvariantCulture));
            WritePairs(json, "labels"u8, volume.Labels);
            WritePairs(json, "options"u8, volume.Options.Given);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads one; <paramref name="file"/> is its path for errors.</summary>
    /// <exception cref="MiniRunException">It is not such a file.</exception>
    public static Volume Read(ReadOnlyMemory<byte> bytes, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement json = document.RootElement;
            return new Volume
            {
                Name = VolumeName.Parse(Text(json.GetProperty("name"))),
                Created = DateTimeOffset.ParseExact(Text(json.GetProperty("created")), "O", CultureInfo.InvariantCulture, DateTimeStyles.None),
                Labels = Pairs(json, "labels"),
                Options = VolumeDriverOptions.Parse(Pairs(json, "options")),
            };
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new MiniRunException($"{file} is damaged: {problem.Message}; save what you need of the volume's files beside it, and remove the volume with volume rm -f", problem);
        }
    }

    private static void WritePairs(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static List<KeyValuePair<string, string>> Pairs(JsonElement json, string name)
    {
        List<KeyValuePair<string, string>> pairs = [];
        if (json.TryGetProperty(name, out JsonElement members))
        {
            foreach (JsonProperty member in members.EnumerateObject())
            {
                pairs.Add(KeyValuePair.Create(member.Name, Text(member.Value)));
            }
        }

        return pairs;
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("null where a text is expected");
}
