using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MiniRun.Runtime.Spec.Writing;

namespace MiniRun.Runtime.Spec;

/// <summary>Writes config.json and its parts with the spec's names; reading the result gives the same records.</summary>
public static class SpecWriter
{
    /// <summary>A whole config.json as UTF-8, indented with tabs as runc does if asked.</summary>
    public static byte[] Write(RuntimeSpec spec, bool indented = false) => Write(spec, RuntimeSpecWriter.Write, indented);

    /// <summary>A process object, as `exec --process` reads it.</summary>
    public static byte[] WriteProcess(ProcessSpec process) => Write(process, ProcessWriter.Write, indented: false);

    /// <summary>A resources object, as `update --resources` reads it.</summary>
    public static byte[] WriteResources(ResourcesSpec resources) => Write(resources, ResourcesWriter.WriteMembers, indented: false);

    private static byte[] Write<T>(T part, Action<Utf8JsonWriter, T> write, bool indented)
    {
        ArrayBufferWriter<byte> buffer = new();
        JsonWriterOptions options = new()
        {
            Indented = indented,
            IndentCharacter = '\t',
            IndentSize = 1,
            NewLine = "\n",
            // The text goes to programs and terminals, never into a web page; "ü" stays readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            write(json, part);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
