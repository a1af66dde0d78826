using System.Text.Json;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Inventory;
using MiniRun.Engine.Registries.Configuration;

namespace MiniRun.Engine.Inspection;

/// <summary>This host in the shape that docker's info has.</summary>
public static class HostSummaryJson
{
    /// <param name="version">minirun's.</param>
    public static void Write(Utf8JsonWriter json, HostSummary host, string version)
    {
        IReadOnlyList<string> controllers = host.Cgroups.Controllers;
        json.WriteStartObject();
        json.WriteNumber("Containers"u8, host.Containers.Values.Sum());
        json.WriteNumber("ContainersRunning"u8, Count(host, ContainerPhase.Running) + Count(host, ContainerPhase.Restarting));
        json.WriteNumber("ContainersPaused"u8, Count(host, ContainerPhase.Paused));
        json.WriteNumber("ContainersStopped"u8, Count(host, ContainerPhase.Created) + Count(host, ContainerPhase.Exited) + Count(host, ContainerPhase.Dead));
        json.WriteNumber("Images"u8, host.Images);
        json.WriteString("Driver"u8, "overlay"u8);
        json.WriteString("LoggingDriver"u8, "json-file"u8);
        json.WriteString("CgroupDriver"u8, host.Cgroups.MountPoint is null ? "none" : "cgroupfs");
        json.WriteString("CgroupVersion"u8, host.Cgroups.MountPoint is null ? "" : "2");
        json.WriteBoolean("MemoryLimit"u8, controllers.Contains("memory"));
        json.WriteBoolean("SwapLimit"u8, controllers.Contains("memory"));
        json.WriteBoolean("CpuCfsPeriod"u8, controllers.Contains("cpu"));
        json.WriteBoolean("CpuCfsQuota"u8, controllers.Contains("cpu"));
        json.WriteBoolean("CPUShares"u8, controllers.Contains("cpu"));
        json.WriteBoolean("CPUSet"u8, controllers.Contains("cpuset"));
        json.WriteBoolean("PidsLimit"u8, controllers.Contains("pids"));
        json.WriteString("KernelVersion"u8, host.KernelVersion);
        json.WriteString("OperatingSystem"u8, host.OperatingSystem);
        json.WriteString("OSType"u8, "linux"u8);
        json.WriteString("Architecture"u8, host.Architecture);
        json.WriteNumber("NCPU"u8, host.Processors);
        json.WriteNumber("MemTotal"u8, host.Memory);
        json.WriteString("DockerRootDir"u8, host.DataRoot);
        json.WriteString("Name"u8, host.HostName);
        json.WriteString("ServerVersion"u8, version);
        json.WriteString("DefaultRuntime"u8, "minirun"u8);
        json.WriteString("InitBinary"u8, "minirun-init"u8);
        json.Texts("SecurityOptions", SecurityOptions(host));
        WriteRegistries(json, host.Registries);
        json.Texts("Warnings", host.Warnings);
        json.WriteEndObject();
    }

    private static int Count(HostSummary host, ContainerPhase phase) => host.Containers.GetValueOrDefault(phase);

    private static List<string> SecurityOptions(HostSummary host)
    {
        List<string> options = [];
        if (host.SecurityModules.AppArmor)
        {
            options.Add("name=apparmor");
        }

        options.Add("name=seccomp,profile=builtin");
        if (host.SecurityModules.Selinux)
        {
            options.Add("name=selinux");
        }

        if (host.Rootless)
        {
            options.Add("name=rootless");
        }

        options.Add("name=cgroupns");
        return options;
    }

    private static void WriteRegistries(Utf8JsonWriter json, RegistryConfig registries)
    {
        json.WriteStartObject("RegistryConfig"u8);
        json.Texts("InsecureRegistries", [.. registries.Insecure.Select(static rule => rule.ToString())]);
        json.Texts("BlockedRegistries", registries.Blocked);
        json.Objects("Mirrors", [.. registries.Mirrors.OrderBy(static pair => pair.Key, StringComparer.Ordinal)], static (writer, pair) =>
        {
            writer.WriteString("Registry"u8, pair.Key);
            writer.Texts("Addresses", [.. pair.Value.Select(static mirror => mirror.Text)]);
        });
        json.WriteEndObject();
    }
}
