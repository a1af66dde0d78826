using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>life.json: read by older and newer versions, so unknown keys are skipped.</summary>
public static class ContainerLifeFile
{
    /// <summary>Its name in the container's folder.</summary>
    public const string Name = "life.json";

    /// <summary>The largest one read, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    public static byte[] Write(ContainerLife life)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, 1);
            WriteTime(json, "started"u8, life.Started);
            WriteTime(json, "finished"u8, life.Finished);
            if (life.ExitCode is { } exitCode)
            {
                json.WriteNumber("exitCode"u8, exitCode);
            }

            json.WriteBoolean("outOfMemory"u8, life.OutOfMemory);
            if (life.Error is not null)
            {
                json.WriteString("error"u8, life.Error);
            }

            json.WriteNumber("restarts"u8, life.Restarts);
            json.WriteBoolean("restarting"u8, life.Restarting);
            json.WriteBoolean("stopped"u8, life.Stopped);
            if (life.Health is not null)
            {
                WriteHealth(json, life.Health);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads one; <paramref name="file"/> is its path for errors.</summary>
    /// <exception cref="MiniRunException">It is not such a file.</exception>
    public static ContainerLife Read(ReadOnlyMemory<byte> bytes, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement json = document.RootElement;
            return new ContainerLife
            {
                Started = Time(json, "started"),
                Finished = Time(json, "finished"),
                ExitCode = json.TryGetProperty("exitCode", out JsonElement exitCode) ? exitCode.GetInt32() : null,
                OutOfMemory = Flag(json, "outOfMemory"),
                Error = json.TryGetProperty("error", out JsonElement error) ? error.GetString() : null,
                Restarts = json.TryGetProperty("restarts", out JsonElement restarts) ? restarts.GetInt32() : 0,
                Restarting = Flag(json, "restarting"),
                Stopped = Flag(json, "stopped"),
                Health = json.TryGetProperty("health", out JsonElement health) ? Health(health) : null,
            };
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new MiniRunException($"{file} is damaged: {problem.Message}; remove the container with rm -f", problem);
        }
    }

    private static void WriteHealth(Utf8JsonWriter json, ContainerHealth health)
    {
        json.WriteStartObject("health"u8);
        json.WriteString("status"u8, health.Status);
        json.WriteNumber("failingStreak"u8, health.FailingStreak);
        json.WriteStartArray("log"u8);
        foreach (HealthResult result in health.Log)
        {
            json.WriteStartObject();
            WriteTime(json, "start"u8, result.Start);
            WriteTime(json, "end"u8, result.End);
            json.WriteNumber("exitCode"u8, result.ExitCode);
            json.WriteString("output"u8, result.Output);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ContainerHealth Health(JsonElement json)
    {
        List<HealthResult> log = [];
        foreach (JsonElement result in json.GetProperty("log").EnumerateArray())
        {
            log.Add(new HealthResult(
                Time(result, "start") ?? default,
                Time(result, "end") ?? default,
                result.GetProperty("exitCode").GetInt32(),
                result.GetProperty("output").GetString() ?? ""));
        }

        return new ContainerHealth
        {
            Status = json.GetProperty("status").GetString() ?? "",
            FailingStreak = json.GetProperty("failingStreak").GetInt32(),
            Log = log,
        };
    }

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement flag) && flag.GetBoolean();

    private static DateTimeOffset? Time(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement time)
        ? DateTimeOffset.ParseExact(time.GetString() ?? "", "O", CultureInfo.InvariantCulture, DateTimeStyles.None)
        : null;

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, value.ToString("O", CultureInfo.InvariantCulture));
        }
    }
}
