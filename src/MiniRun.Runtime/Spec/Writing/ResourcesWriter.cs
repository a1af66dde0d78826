using System.Text.Json;

namespace MiniRun.Runtime.Spec.Writing;

/// <summary>linux.resources.</summary>
internal static class ResourcesWriter
{
    public static void Write(Utf8JsonWriter json, ResourcesSpec resources)
    {
        if (IsEmpty(resources))
        {
            return;
        }

        json.WriteStartObject("resources"u8);
        WriteMembers(json, resources);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, ResourcesSpec resources)
    {
        json.Objects("devices"u8, resources.Devices, WriteRule);
        json.Part("memory"u8, resources.Memory, WriteMemory);
        json.Part("cpu"u8, resources.Cpu, WriteCpu);
        json.Part("pids"u8, resources.Pids, WritePids);
        json.Part("blockIO"u8, resources.BlockIo, WriteBlockIo);
        json.Objects("hugepageLimits"u8, resources.HugepageLimits, WriteHugepageLimit);
        json.Part("network"u8, resources.Network, WriteNetwork);
        json.Map("rdma"u8, resources.Rdma, WriteRdma);
        json.TextMap("unified"u8, resources.Unified);
    }

    private static bool IsEmpty(ResourcesSpec resources) =>
        resources is { Memory: null, Cpu: null, Pids: null, BlockIo: null, Network: null }
        && resources.Devices.Count + resources.HugepageLimits.Count + resources.Rdma.Count + resources.Unified.Count == 0;

    private static void WriteRule(Utf8JsonWriter json, DeviceRuleSpec rule)
    {
        json.Flag("allow"u8, rule.Allow);
        json.Text("type"u8, rule.Type.ToString());
        json.Signed("major"u8, rule.Major);
        json.Signed("minor"u8, rule.Minor);
        json.Text("access"u8, rule.Access.Length == 0 ? null : rule.Access);
    }

    private static void WriteMemory(Utf8JsonWriter json, MemorySpec memory)
    {
        json.Signed("limit"u8, memory.Limit);
        json.Signed("reservation"u8, memory.Reservation);
        json.Signed("swap"u8, memory.Swap);
        json.Signed("kernel"u8, memory.Kernel);
        json.Signed("kernelTCP"u8, memory.KernelTcp);
        json.Unsigned("swappiness"u8, memory.Swappiness);
        json.Flag("disableOOMKiller"u8, memory.DisableOomKiller);
        json.Flag("useHierarchy"u8, memory.UseHierarchy);
        json.Flag("checkBeforeUpdate"u8, memory.CheckBeforeUpdate);
    }

    private static void WriteCpu(Utf8JsonWriter json, CpuSpec cpu)
    {
        json.Unsigned("shares"u8, cpu.Shares);
        json.Signed("quota"u8, cpu.Quota);
        json.Unsigned("burst"u8, cpu.Burst);
        json.Unsigned("period"u8, cpu.Period);
        json.Signed("realtimeRuntime"u8, cpu.RealtimeRuntime);
        json.Unsigned("realtimePeriod"u8, cpu.RealtimePeriod);
        json.Text("cpus"u8, cpu.Cpus);
        json.Text("mems"u8, cpu.Mems);
        json.Signed("idle"u8, cpu.Idle);
    }

    private static void WritePids(Utf8JsonWriter json, PidsSpec pids)
    {
        json.Signed("limit"u8, pids.Limit);
    }

    private static void WriteBlockIo(Utf8JsonWriter json, BlockIoSpec io)
    {
        json.Unsigned("weight"u8, io.Weight);
        json.Unsigned("leafWeight"u8, io.LeafWeight);
        json.Objects("weightDevice"u8, io.WeightDevice, WriteWeight);
        json.Objects("throttleReadBpsDevice"u8, io.ThrottleReadBpsDevice, WriteThrottle);
        json.Objects("throttleWriteBpsDevice"u8, io.ThrottleWriteBpsDevice, WriteThrottle);
        json.Objects("throttleReadIOPSDevice"u8, io.ThrottleReadIopsDevice, WriteThrottle);
        json.Objects("throttleWriteIOPSDevice"u8, io.ThrottleWriteIopsDevice, WriteThrottle);
    }

    private static void WriteWeight(Utf8JsonWriter json, WeightDeviceSpec device)
    {
        json.Signed("major"u8, device.Major);
        json.Signed("minor"u8, device.Minor);
        json.Unsigned("weight"u8, device.Weight);
        json.Unsigned("leafWeight"u8, device.LeafWeight);
    }

    private static void WriteThrottle(Utf8JsonWriter json, ThrottleDeviceSpec device)
    {
        json.Signed("major"u8, device.Major);
        json.Signed("minor"u8, device.Minor);
        json.Unsigned("rate"u8, device.Rate);
    }

    private static void WriteHugepageLimit(Utf8JsonWriter json, HugepageLimitSpec limit)
    {
        json.Text("pageSize"u8, limit.PageSize);
        json.Unsigned("limit"u8, limit.Limit);
    }

    private static void WriteNetwork(Utf8JsonWriter json, NetworkSpec network)
    {
        json.Unsigned("classID"u8, network.ClassId);
        json.Objects("priorities"u8, [.. network.Priorities], WritePriority);
    }

    private static void WritePriority(Utf8JsonWriter json, KeyValuePair<string, uint> entry)
    {
        json.Text("name"u8, entry.Key);
        json.Unsigned("priority"u8, entry.Value);
    }

    private static void WriteRdma(Utf8JsonWriter json, RdmaSpec rdma)
    {
        json.Unsigned("hcaHandles"u8, rdma.HcaHandles);
        json.Unsigned("hcaObjects"u8, rdma.HcaObjects);
    }
}
