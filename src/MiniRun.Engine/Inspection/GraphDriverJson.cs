using System.Text.Json;

namespace MiniRun.Engine.Inspection;

/// <summary>"GraphDriver": where the container's files are. An overlay is mounted in the container's mount namespace alone, so there is no MergedDir.</summary>
internal static class GraphDriverJson
{
    /// <summary>docker's name of how a root file system is made.</summary>
    internal static string NameOf(ContainerDetails container) => container.Copied ? "vfs" : "overlay2";

    internal static void Write(Utf8JsonWriter json, ContainerDetails container)
    {
        json.WriteStartObject("GraphDriver"u8);
        json.WriteStartObject("Data"u8);
        if (container.Copied)
        {
            json.WriteString("Dir"u8, $"{container.Folder}/{ContainerFacts.CopiedRoot}");
        }
        else
        {
            json.WriteString("LowerDir"u8, string.Join(':', container.Image.Layers));
            json.WriteString("UpperDir"u8, $"{container.Folder}/upper");
            json.WriteString("WorkDir"u8, $"{container.Folder}/work");
        }

        json.WriteEndObject();
        json.WriteString("Name"u8, NameOf(container));
        json.WriteEndObject();
    }
}
