using System.Buffers;
using System.Text.Json;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Mounts;
using MiniRun.Linux.Seccomp;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Output;

/// <summary>`features`: what this build understands, whatever the host has. The words are those of the tables that read config.json. Source: runtime-spec features.md, features-linux.md.</summary>
internal static class FeaturesText
{
    public static byte[] Json()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("ociVersionMin", OciVersion.Oldest);
            json.WriteString("ociVersionMax", OciVersion.Written);
            Words(json, "hooks", HooksSpec.Kinds());
            Words(json, "mountOptions", MountOptionTable.Words());
            WriteLinux(json);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteLinux(Utf8JsonWriter json)
    {
        json.WriteStartObject("linux");
        json.WriteStartArray("namespaces");
        foreach (NamespaceType type in NamespaceWords.Types())
        {
            json.WriteStringValue(type.Word());
        }

        json.WriteEndArray();
        Words(json, "capabilities", CapabilitySet.All.Names());
        Switches(json, "cgroup", ("v1", false), ("v2", true), ("systemd", true), ("systemdUser", true), ("rdma", true));
        json.WriteStartObject("seccomp");
        json.WriteBoolean("enabled", true);
        Words(json, "actions", SeccompWords.ActionWords);
        Words(json, "operators", SeccompWords.OperatorWords);
        Words(json, "archs", SeccompWords.ArchitectureWords);
        Words(json, "knownFlags", SeccompWords.FlagWords);
        Words(json, "supportedFlags", SeccompWords.FlagWords);
        json.WriteEndObject();
        Switches(json, "apparmor", ("enabled", true));
        Switches(json, "selinux", ("enabled", true));
        Switches(json, "intelRdt", ("enabled", true), ("schemata", true), ("monitoring", true));
        json.WriteStartObject("mountExtensions");
        Switches(json, "idmap", ("enabled", true));
        json.WriteEndObject();
        Switches(json, "netDevices", ("enabled", true));
        json.WriteEndObject();
    }

    private static void Switches(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, bool Value)> switches)
    {
        json.WriteStartObject(name);
        foreach ((string word, bool value) in switches)
        {
            json.WriteBoolean(word, value);
        }

        json.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < words.Count; i++)
        {
            json.WriteStringValue(words[i]);
        }

        json.WriteEndArray();
    }
}
