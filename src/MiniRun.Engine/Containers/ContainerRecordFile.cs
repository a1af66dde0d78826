using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>container.json: read by older and newer versions, so unknown keys are skipped.</summary>
public static class ContainerRecordFile
{
    /// <summary>Its name in the container's folder.</summary>
    public const string Name = "container.json";

    /// <summary>The largest one read, in bytes.</summary>
    public const int MaxSize = 4 << 20;

    public static byte[] Write(ContainerRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, 1);
            json.WriteString("id"u8, record.Id.Value);
            json.WriteString("name"u8, record.Name);
            json.WriteString("image"u8, record.Image);
            if (record.Manifest is { } manifest)
            {
                json.WriteString("manifest"u8, manifest.ToString());
            }

            WriteWords(json, "command"u8, record.Command);
            json.WriteString("created"u8, Format(record.Created));
            WriteWords(json, "run"u8, record.Run);
            if (record.Mounts is { } mounts)
            {
                WriteWords(json, "mounts"u8, mounts);
            }

            record.Ids?.Write(json);
            ContainerMountsJson.Write(json, record);
            json.WriteEndObject();
        }

        return bytes.WrittenCount <= MaxSize
            ? bytes.WrittenSpan.ToArray()
            : throw new MiniRunException($"the container's options take more than {MaxSize >> 20} MiB: give large texts in files (-v)");
    }

    /// <summary>Reads a record; <paramref name="file"/> is its path for errors.</summary>
    /// <exception cref="MiniRunException">It is not such a file.</exception>
    public static ContainerRecord Read(ReadOnlyMemory<byte> bytes, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new MiniRunException($"{file} is damaged: {problem.Message}; remove the container with rm -f", problem);
        }
    }

    private static ContainerRecord Read(JsonElement json)
    {
        return new ContainerRecord
        {
            Id = ContainerId.Parse(Text(json.GetProperty("id"))),
            Name = Text(json.GetProperty("name")),
            Image = Text(json.GetProperty("image")),
            Manifest = json.TryGetProperty("manifest", out JsonElement manifest) ? Digest.Parse(Text(manifest), "the container's image") : null,
            Command = Words(json.GetProperty("command")),
            Created = Time(json.GetProperty("created")),
            Run = json.TryGetProperty("run", out JsonElement run) ? Words(run) : [],
            Mounts = json.TryGetProperty("mounts", out JsonElement mounts) ? Words(mounts) : null,
            Sources = ContainerMountsJson.Sources(json),
            Ids = RecordedIds.Read(json),
            Volumes = ContainerMountsJson.Volumes(json),
            MountedImages = ContainerMountsJson.Images(json),
        };
    }

    private static void WriteWords(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static List<string> Words(JsonElement array)
    {
        List<string> words = [];
        foreach (JsonElement word in array.EnumerateArray())
        {
            words.Add(Text(word));
        }

        return words;
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("null where a text is expected");

    private static string Format(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonElement element) =>
        DateTimeOffset.ParseExact(Text(element), "O", CultureInfo.InvariantCulture, DateTimeStyles.None);
}
