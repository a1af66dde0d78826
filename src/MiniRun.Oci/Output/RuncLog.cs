using System.Buffers;
using System.Text;
using System.Text.Json;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Oci.Grammar;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan.Printing;

namespace MiniRun.Oci.Output;

/// <summary>
/// runc's log: one line an error and, with --debug, one a step of a launch, in logrus' two formats. Engines show their users the last line, so it holds the whole
/// cause. The file is opened only when there is something to say, because engines remove its folder before they `delete`.
/// </summary>
internal sealed class RuncLog(string? path, bool json, bool debug = false)
{
    /// <exception cref="UsageException">The format is neither text nor json.</exception>
    public static RuncLog From(OptionValues options)
    {
        string format = options.Text("log-format") ?? "text";
        return format is "text" or "json"
            ? new RuncLog(options.Text("log"), format == "json", options.Has("debug"))
            : throw new UsageException($"invalid log-format: {format}: give text or json");
    }

    /// <summary>Is told of every step of a launch with --debug; null without, so that init has nothing to report.</summary>
    public Action<TraceRecord>? Trace => debug ? Step : null;

    public void Error(string message) => Write("error", message);

    public void Warning(string message) => Write("warning", message);

    private void Step(TraceRecord record) => Write("debug", TracePrinter.Line(record.Plan, record.StepIndex, record.Errno, record.Duration).TrimStart());

    private void Write(string level, string message)
    {
        byte[] line = json ? JsonLine(level, message) : TextLine(level, message);
        if (string.IsNullOrEmpty(path) || !Append(path, line))
        {
            StandardStream.Error(line);
        }
        else if (level == "error")
        {
            // As runc: people see the error even when it is logged.
            StandardStream.Error(Encoding.UTF8.GetBytes(OneLine.Of(message) + "\n"));
        }
    }

    private static bool Append(string path, byte[] line)
    {
        using FileDescriptor start = HostFile.Open("/", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        string absolute = path.StartsWith('/') ? path : Environment.CurrentDirectory + "/" + path;
        using FileDescriptor? file = HostFile.TryOpenAt(start, absolute, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_APPEND, 0x1a4, out _);
        return file is not null && HostFile.TryWrite(file, line, out _) == 0;
    }

    private static byte[] JsonLine(string level, string message)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("level", level);
            writer.WriteString("msg", message);
            writer.WriteString("time", Now());
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static byte[] TextLine(string level, string message)
    {
        string quoted = message.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"time=\"{Now()}\" level={level} msg=\"{OneLine.Of(quoted)}\"\n");
    }

    /// <summary>RFC 3339 to the second, as logrus.</summary>
    private static string Now() => Timestamps.Format(DateTimeOffset.UtcNow)[..19] + "Z";
}
