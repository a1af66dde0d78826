using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Registries.Authentication;

namespace MiniRun.Engine.Registries.Credentials;

/// <summary>Changes one login in docker's config.json and copies everything else, known or not.</summary>
internal static class DockerConfigWriter
{
    // Docker writes it with tabs; people edit it.
    private static JsonWriterOptions Options => new() { Indented = true, IndentCharacter = '\t', IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's bytes with this login for this key, or with null without one.</summary>
    /// <exception cref="MiniRun.Linux.MiniRunException">The bytes are no such file.</exception>
    internal static ReadOnlySpan<byte> With(ReadOnlyMemory<byte> bytes, string file, string key, RegistryCredential? credential) =>
        JsonFields.Parse(bytes, file, DockerConfig.Kind, json => Write(json, key, credential)).WrittenSpan;

    private static ArrayBufferWriter<byte> Write(JsonElement root, string key, RegistryCredential? credential)
    {
        ArrayBufferWriter<byte> bytes = new(1024);
        using Utf8JsonWriter json = new(bytes, Options);
        json.WriteStartObject();
        json.WriteStartObject("auths"u8);
        if (root.Object("auths") is { } auths)
        {
            CopyOthers(json, auths, key);
        }

        if (credential is not null)
        {
            WriteLogin(json, key, credential);
        }

        json.WriteEndObject();
        CopyOthers(json, root, "auths");
        json.WriteEndObject();
        return bytes;
    }

    private static void CopyOthers(Utf8JsonWriter json, JsonElement from, string name)
    {
        foreach (JsonProperty member in from.EnumerateObject())
        {
            if (member.Name != name)
            {
                member.WriteTo(json);
            }
        }
    }

    private static void WriteLogin(Utf8JsonWriter json, string key, RegistryCredential credential)
    {
        json.WriteStartObject(key);
        json.WriteString("auth"u8, credential.Basic);
        if (credential.IdentityToken is { } token)
        {
            json.WriteString("identitytoken"u8, token);
        }

        json.WriteEndObject();
    }
}
