using System.Text.Json;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Logs;

namespace MiniRun.Engine.Inspection;

/// <summary>A container as `docker inspect` shows it: docker's API 1.47, in its order. Pure.</summary>
public static class ContainerJson
{
    public static void Write(Utf8JsonWriter json, ContainerDetails container)
    {
        ContainerRecord record = container.Record;
        json.WriteStartObject();
        json.WriteString("Id"u8, container.Id.Value);
        json.Time("Created", record.Created);
        json.WriteString("Path"u8, record.Command.Count > 0 ? record.Command[0] : "");
        json.Texts("Args", [.. record.Command.Skip(1)]);
        StateJson.Write(json, container.Summary);
        json.WriteString("Image"u8, container.Image.Id?.ToString() ?? "");
        WriteFiles(json, container);
        json.WriteString("Name"u8, $"/{record.Name}");
        json.WriteNumber("RestartCount"u8, container.Summary.Life?.Restarts ?? 0);
        json.WriteString("Driver"u8, GraphDriverJson.NameOf(container));
        json.WriteString("Platform"u8, "linux"u8);
        json.WriteString("MountLabel"u8, "");
        json.WriteString("ProcessLabel"u8, "");
        json.WriteString("AppArmorProfile"u8, container.Request.Privilege.Security.AppArmor ?? "");
        json.WriteNull("ExecIDs"u8);
        HostConfigJson.Write(json, container.Request);
        GraphDriverJson.Write(json, container);
        WriteSize(json, container);
        MountsJson.WritePoints(json, container.Mounts);
        ContainerConfigJson.Write(json, container);
        NetworkSettingsJson.Write(json, container);
        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, ContainerDetails container)
    {
        json.WriteString("ResolvConfPath"u8, $"{container.Folder}/resolv.conf");
        json.WriteString("HostnamePath"u8, $"{container.Folder}/hostname");
        json.WriteString("HostsPath"u8, $"{container.Folder}/hosts");
        bool logged = container.Request.Life.Log.Driver == LogDriver.JsonFile && !RunContainer.Suits(container.Request);
        json.WriteString("LogPath"u8, logged ? $"{container.Folder}/{ContainerLog.FileName(container.Id)}" : "");
    }

    private static void WriteSize(Utf8JsonWriter json, ContainerDetails container)
    {
        if (container.Size is { } size)
        {
            json.WriteNumber("SizeRw"u8, size.Written);
            json.WriteNumber("SizeRootFs"u8, size.All);
        }
    }
}
