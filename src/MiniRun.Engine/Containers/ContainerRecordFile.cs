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

            json.WriteStartArray("command"u8);
            foreach (string word in record.Command)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
            json.WriteString("created"u8, Format(record.Created));
            if (record.Finished is { } finished)
            {
                json.WriteString("finished"u8, Format(finished));
            }

            if (record.ExitCode is { } exitCode)
            {
                json.WriteNumber("exitCode"u8, exitCode);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
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
        List<string> command = [];
        foreach (JsonElement word in json.GetProperty("command").EnumerateArray())
        {
            command.Add(Text(word));
        }

        return new ContainerRecord
        {
            Id = ContainerId.Parse(Text(json.GetProperty("id"))),
            Name = Text(json.GetProperty("name")),
            Image = Text(json.GetProperty("image")),
            Manifest = json.TryGetProperty("manifest", out JsonElement manifest) ? Digest.Parse(Text(manifest), "the container's image") : null,
            Command = command,
            Created = Time(json.GetProperty("created")),
            Finished = json.TryGetProperty("finished", out JsonElement finished) ? Time(finished) : null,
            ExitCode = json.TryGetProperty("exitCode", out JsonElement exitCode) ? exitCode.GetInt32() : null,
        };
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("null where a text is expected");

    private static string Format(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonElement element) =>
        DateTimeOffset.ParseExact(Text(element), "O", CultureInfo.InvariantCulture, DateTimeStyles.None);
}
