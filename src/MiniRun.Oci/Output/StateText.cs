using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MiniRun.Linux.Files;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Oci.Output;

/// <summary>Containers in runc's formats.</summary>
internal static class StateText
{
    /// <summary>`state`: indented, with a line end.</summary>
    public static byte[] Json(ContainerReport report)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            Write(writer, report, owner: "");
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>`list -f json`: one compact array, without a line end; "null" for none, as runc.</summary>
    public static byte[] JsonList(IReadOnlyList<ContainerReport> reports)
    {
        if (reports.Count == 0)
        {
            return "null"u8.ToArray();
        }

        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            foreach (ContainerReport report in reports)
            {
                Write(writer, report, Owner(report));
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>`list`: a table whose columns are as wide as their widest cell and two blanks more, at least 12.</summary>
    public static byte[] Table(IReadOnlyList<ContainerReport> reports)
    {
        List<string[]> rows = [["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"]];
        foreach (ContainerReport report in reports)
        {
            rows.Add([report.Id.Value, report.Pid.ToString(CultureInfo.InvariantCulture), report.Status.Word(), report.Bundle, Timestamps.Format(report.Created), Owner(report)]);
        }

        Span<int> widths = stackalloc int[rows[0].Length];
        widths.Fill(12);
        foreach (string[] row in rows)
        {
            for (int i = 0; i < widths.Length - 1; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length + 2);
            }
        }

        StringBuilder table = new();
        foreach (string[] row in rows)
        {
            for (int i = 0; i < widths.Length - 1; i++)
            {
                table.Append(row[i].PadRight(widths[i]));
            }

            table.Append(row[^1]).Append('\n');
        }

        return Encoding.UTF8.GetBytes(table.ToString());
    }

    private static void Write(Utf8JsonWriter writer, ContainerReport report, string owner)
    {
        writer.WriteStartObject();
        writer.WriteString("ociVersion", report.OciVersion);
        writer.WriteString("id", report.Id.Value);
        writer.WriteNumber("pid", report.Pid);
        writer.WriteString("status", report.Status.Word());
        writer.WriteString("bundle", report.Bundle);
        writer.WriteString("rootfs", report.Rootfs);
        writer.WriteString("created", Timestamps.Format(report.Created));
        if (report.Annotations.Count > 0)
        {
            writer.WriteStartObject("annotations");
            foreach ((string key, string value) in report.Annotations)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteString("owner", owner);
        writer.WriteEndObject();
    }

    /// <summary>The owner's name from the host's passwd, else "#uid", as runc.</summary>
    private static string Owner(ContainerReport report)
    {
        string uid = report.OwnerUid.ToString(CultureInfo.InvariantCulture);
        foreach (ReadOnlySpan<char> line in HostFile.ReadText("/etc/passwd", 1 << 20).AsSpan().EnumerateLines())
        {
            string[] fields = line.ToString().Split(':');
            if (fields.Length > 2 && fields[2] == uid)
            {
                return fields[0];
            }
        }

        return "#" + uid;
    }
}
