using System.Text.Json;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Inspection;

/// <summary>The members of HostConfig that limit the container. 0 is no limit.</summary>
internal static class ResourcesJson
{
    internal static void Write(Utf8JsonWriter json, RunRequest request)
    {
        ResourceChoices limits = request.Resources;
        json.WriteNumber("CpuShares"u8, limits.CpuShares ?? 0);
        json.WriteNumber("Memory"u8, limits.Memory?.Bytes ?? 0);
        json.WriteNumber("NanoCpus"u8, limits.Cpus?.Billionths ?? 0);
        json.WriteString("CgroupParent"u8, limits.CgroupParent ?? "");
        WriteBlockIo(json, limits);
        json.WriteNumber("CpuPeriod"u8, limits.CpuPeriod ?? 0);
        json.WriteNumber("CpuQuota"u8, limits.CpuQuota ?? 0);
        json.WriteNumber("CpuRealtimePeriod"u8, 0);
        json.WriteNumber("CpuRealtimeRuntime"u8, 0);
        json.WriteString("CpusetCpus"u8, limits.CpusetCpus ?? "");
        json.WriteString("CpusetMems"u8, limits.CpusetMems ?? "");
        json.Objects("Devices", request.Files.Devices, WriteDevice);
        json.TextsOrNull("DeviceCgroupRules", [.. limits.DeviceRules.Select(DeviceRuleOption.Text)]);
        json.WriteNull("DeviceRequests"u8);
        json.WriteNumber("MemoryReservation"u8, limits.MemoryReservation?.Bytes ?? 0);
        json.WriteNumber("MemorySwap"u8, ResourcesPart.SwapOf(limits) ?? 0);
        json.WriteNull("MemorySwappiness"u8);
        json.WriteNull("OomKillDisable"u8);
        if (limits.PidsLimit is { } tasks)
        {
            json.WriteNumber("PidsLimit"u8, tasks);
        }
        else
        {
            json.WriteNull("PidsLimit"u8);
        }

        json.Objects("Ulimits", request.Process.Ulimits, WriteUlimit);
        // Of Windows: always there.
        json.WriteNumber("CpuCount"u8, 0);
        json.WriteNumber("CpuPercent"u8, 0);
        json.WriteNumber("IOMaximumIOps"u8, 0);
        json.WriteNumber("IOMaximumBandwidth"u8, 0);
    }

    private static void WriteBlockIo(Utf8JsonWriter json, ResourceChoices limits)
    {
        json.WriteNumber("BlkioWeight"u8, limits.BlockIoWeight ?? 0);
        json.Texts("BlkioWeightDevice", []);
        json.Objects("BlkioDeviceReadBps", limits.ReadBytesRates, WriteRate);
        json.Objects("BlkioDeviceWriteBps", limits.WriteBytesRates, WriteRate);
        json.Objects("BlkioDeviceReadIOps", limits.ReadOperationRates, WriteRate);
        json.Objects("BlkioDeviceWriteIOps", limits.WriteOperationRates, WriteRate);
    }

    private static void WriteRate(Utf8JsonWriter json, DeviceRate rate)
    {
        json.WriteString("Path"u8, rate.Path);
        json.WriteNumber("Rate"u8, rate.Rate);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceMapping device)
    {
        json.WriteString("PathOnHost"u8, device.HostPath);
        json.WriteString("PathInContainer"u8, device.Path);
        json.WriteString("CgroupPermissions"u8, device.Access);
    }

    private static void WriteUlimit(Utf8JsonWriter json, RlimitSpec limit)
    {
        json.WriteString("Name"u8, limit.Type["RLIMIT_".Length..].ToLowerInvariant());
        // -1 is no limit, as it was written.
        json.WriteNumber("Hard"u8, (long)limit.Hard);
        json.WriteNumber("Soft"u8, (long)limit.Soft);
    }
}
