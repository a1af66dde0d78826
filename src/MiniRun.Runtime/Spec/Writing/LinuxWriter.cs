using System.Text.Json;

namespace MiniRun.Runtime.Spec.Writing;

/// <summary>linux, but its resources and seccomp.</summary>
internal static class LinuxWriter
{
    public static void Write(Utf8JsonWriter json, LinuxSpec linux)
    {
        json.Objects("uidMappings"u8, linux.UidMappings, RuntimeSpecWriter.WriteMapping);
        json.Objects("gidMappings"u8, linux.GidMappings, RuntimeSpecWriter.WriteMapping);
        json.Map("timeOffsets"u8, linux.TimeOffsets, WriteTimeOffset);
        json.TextMap("sysctl"u8, linux.Sysctl);
        ResourcesWriter.Write(json, linux.Resources);
        json.Text("cgroupsPath"u8, linux.CgroupsPath);
        json.Objects("namespaces"u8, linux.Namespaces, WriteNamespace);
        json.Objects("devices"u8, linux.Devices, WriteDevice);
        json.Map("netDevices"u8, linux.NetDevices, WriteNetDevice);
        json.Part("seccomp"u8, linux.Seccomp, SeccompWriter.Write);
        json.Text("rootfsPropagation"u8, linux.RootfsPropagation);
        json.Texts("maskedPaths"u8, linux.MaskedPaths);
        json.Texts("readonlyPaths"u8, linux.ReadonlyPaths);
        json.Text("mountLabel"u8, linux.MountLabel);
        json.Part("intelRdt"u8, linux.IntelRdt, WriteIntelRdt);
        json.Part("memoryPolicy"u8, linux.MemoryPolicy, WriteMemoryPolicy);
        json.Part("personality"u8, linux.Personality, WritePersonality);
    }

    private static void WriteTimeOffset(Utf8JsonWriter json, TimeOffset offset)
    {
        json.Signed("secs"u8, offset.Secs);
        json.Unsigned("nanosecs"u8, offset.Nanosecs);
    }

    private static void WriteNamespace(Utf8JsonWriter json, NamespaceSpec entry)
    {
        json.Text("type"u8, entry.Type.Word());
        json.Text("path"u8, entry.Path);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceSpec device)
    {
        json.Text("type"u8, device.Type.ToString());
        json.Text("path"u8, device.Path);
        json.Signed("major"u8, device.Major);
        json.Signed("minor"u8, device.Minor);
        json.Unsigned("fileMode"u8, device.FileMode);
        json.Unsigned("uid"u8, device.Uid);
        json.Unsigned("gid"u8, device.Gid);
    }

    private static void WriteNetDevice(Utf8JsonWriter json, NetDeviceSpec device)
    {
        json.Text("name"u8, device.Name);
    }

    private static void WriteIntelRdt(Utf8JsonWriter json, IntelRdtSpec rdt)
    {
        json.Text("closID"u8, rdt.ClosId);
        json.Texts("schemata"u8, rdt.Schemata);
        json.Text("l3CacheSchema"u8, rdt.L3CacheSchema);
        json.Text("memBwSchema"u8, rdt.MemBwSchema);
        json.FlagIfTrue("enableMonitoring"u8, rdt.EnableMonitoring);
    }

    private static void WriteMemoryPolicy(Utf8JsonWriter json, MemoryPolicySpec policy)
    {
        json.Text("mode"u8, policy.Mode);
        json.Text("nodes"u8, policy.Nodes);
        json.Texts("flags"u8, policy.Flags);
    }

    private static void WritePersonality(Utf8JsonWriter json, PersonalitySpec personality)
    {
        json.Text("domain"u8, personality.Domain);
        json.Texts("flags"u8, personality.Flags);
    }
}
