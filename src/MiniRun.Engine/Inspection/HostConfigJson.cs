using System.Text.Json;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Inspection;

/// <summary>"HostConfig": what `run` was told of the host's side of the container. What minirun has no option for is as docker has it without.</summary>
internal static class HostConfigJson
{
    private const long DefaultShmSize = 64 << 20;

    internal static void Write(Utf8JsonWriter json, RunRequest request)
    {
        json.WriteStartObject("HostConfig"u8);
        WriteLife(json, request);
        WritePrivileges(json, request);
        WriteNamespaces(json, request);
        ResourcesJson.Write(json, request);
        MountsJson.WriteRequests(json, request.Files.Mounts);
        json.TextsOrNull("MaskedPaths", BundleBuilder.MaskedPathsOf(request.Privilege));
        json.TextsOrNull("ReadonlyPaths", BundleBuilder.ReadonlyPathsOf(request.Privilege));
        if (request.Process.Init)
        {
            json.WriteBoolean("Init"u8, true);
        }

        json.WriteEndObject();
    }

    private static void WriteLife(Utf8JsonWriter json, RunRequest request)
    {
        LifeChoices life = request.Life;
        json.TextsOrNull("Binds", MountsJson.Binds(request.Files.Mounts));
        json.WriteString("ContainerIDFile"u8, "");
        json.WriteStartObject("LogConfig"u8);
        json.WriteString("Type"u8, life.Log.DriverName);
        json.Map("Config", life.Log.Values());
        json.WriteEndObject();
        json.WriteString("NetworkMode"u8, ContainerNetwork.ModeOf(request.Namespaces.Network));
        json.Map("PortBindings", []);
        json.WriteStartObject("RestartPolicy"u8);
        json.WriteString("Name"u8, life.Restart.Name);
        json.WriteNumber("MaximumRetryCount"u8, life.Restart.MaximumRetries);
        json.WriteEndObject();
        json.WriteBoolean("AutoRemove"u8, life.Remove);
        json.WriteString("VolumeDriver"u8, "");
        json.TextsOrNull("VolumesFrom", [.. request.Files.VolumesFrom.Select(static from => from.ToString())]);
        json.WriteStartArray("ConsoleSize"u8);
        json.WriteNumberValue(0);
        json.WriteNumberValue(0);
        json.WriteEndArray();
        json.MapIfAny("Annotations", life.Annotations);
    }

    private static void WritePrivileges(Utf8JsonWriter json, RunRequest request)
    {
        PrivilegeChoices privilege = request.Privilege;
        json.TextsOrNull("CapAdd", Names(privilege.Add));
        json.TextsOrNull("CapDrop", Names(privilege.Drop));
        json.WriteString("CgroupnsMode"u8, Word(request.Namespaces.Cgroup, "private"));
        json.Texts("Dns", []);
        json.Texts("DnsOptions", []);
        json.Texts("DnsSearch", []);
        json.WriteNull("ExtraHosts"u8);
        json.TextsOrNull("GroupAdd", request.Process.AdditionalGroups);
        json.WriteString("IpcMode"u8, Word(request.Namespaces.Ipc, "private"));
        json.WriteString("Cgroup"u8, "");
        json.WriteNull("Links"u8);
        json.WriteNumber("OomScoreAdj"u8, request.Process.OomScoreAdjust ?? 0);
        json.WriteString("PidMode"u8, Word(request.Namespaces.Pid, ""));
        json.WriteBoolean("Privileged"u8, privilege.Privileged);
        json.WriteBoolean("PublishAllPorts"u8, false);
        json.WriteBoolean("ReadonlyRootfs"u8, request.Files.ReadOnly);
        json.TextsOrNull("SecurityOpt", privilege.Security.Words());
    }

    private static void WriteNamespaces(Utf8JsonWriter json, RunRequest request)
    {
        NamespaceChoices namespaces = request.Namespaces;
        json.MapIfAny("Tmpfs", MountsJson.Tmpfs(request.Files.Mounts));
        json.WriteString("UTSMode"u8, Word(namespaces.Uts, ""));
        json.WriteString("UsernsMode"u8, namespaces.User == NamespaceChoice.Private ? "private" : Word(namespaces.User, ""));
        json.WriteNumber("ShmSize"u8, request.Files.ShmSize?.Bytes ?? DefaultShmSize);
        json.MapIfAny("Sysctls", [.. namespaces.Sysctls.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value))]);
        json.WriteString("Runtime"u8, "minirun"u8);
        json.WriteString("Isolation"u8, "");
    }

    private static string Word(NamespaceChoice choice, string own) => choice == NamespaceChoice.Host ? "host" : own;

    private static IReadOnlyList<string> Names(IReadOnlyList<CapabilityChange> changes) => [.. changes.Select(static change => change.ToString())];
}
