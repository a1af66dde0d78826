namespace MiniRun.Runtime.Spec.Reading;

/// <summary>linux: namespaces, devices, paths and labels.</summary>
internal static class LinuxReader
{
    public static LinuxSpec Read(ref JsonCursor json)
    {
        LinuxSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static LinuxSpec ReadMember(ref JsonCursor json, LinuxSpec spec) =>
        json.Is("namespaces"u8) ? spec with { Namespaces = json.List(ReadNamespace) } :
        json.Is("uidMappings"u8) ? spec with { UidMappings = json.List(MountReader.ReadMapping) } :
        json.Is("gidMappings"u8) ? spec with { GidMappings = json.List(MountReader.ReadMapping) } :
        json.Is("timeOffsets"u8) ? spec with { TimeOffsets = json.Map(ReadTimeOffset) } :
        json.Is("devices"u8) ? spec with { Devices = json.List(DeviceReader.Read) } :
        json.Is("netDevices"u8) ? spec with { NetDevices = json.Map(ReadNetDevice) } :
        json.Is("cgroupsPath"u8) ? spec with { CgroupsPath = json.OptionalText() } :
        json.Is("resources"u8) ? spec with { Resources = ResourcesReader.Read(ref json) } :
        json.Is("intelRdt"u8) ? spec with { IntelRdt = LinuxRareReader.ReadIntelRdt(ref json) } :
        json.Is("memoryPolicy"u8) ? spec with { MemoryPolicy = LinuxRareReader.ReadMemoryPolicy(ref json) } :
        json.Is("sysctl"u8) ? spec with { Sysctl = json.TextMap() } :
        json.Is("seccomp"u8) ? spec with { Seccomp = SeccompReader.Read(ref json) } :
        json.Is("rootfsPropagation"u8) ? spec with { RootfsPropagation = json.OptionalText() } :
        json.Is("maskedPaths"u8) ? spec with { MaskedPaths = json.Texts() } :
        json.Is("readonlyPaths"u8) ? spec with { ReadonlyPaths = json.Texts() } :
        json.Is("mountLabel"u8) ? spec with { MountLabel = json.OptionalText() } :
        json.Is("personality"u8) ? spec with { Personality = LinuxRareReader.ReadPersonality(ref json) } :
        json.Ignore(spec);

    private static NamespaceSpec ReadNamespace(ref JsonCursor json)
    {
        NamespaceSpec spec = new(0, null);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec =
                json.Is("type"u8) ? spec with { Type = ReadNamespaceType(ref json) } :
                json.Is("path"u8) ? spec with { Path = json.OptionalText() } :
                json.Ignore(spec);
        }

        json.Require("type"u8);
        json.EndObject();
        return spec;
    }

    private static NamespaceType ReadNamespaceType(ref JsonCursor json)
    {
        string? word = json.Text();
        NamespaceType? type = word is null ? 0 : NamespaceWords.Parse(word);
        if (type is null)
        {
            json.Problem($"unknown namespace; known are {NamespaceWords.All}");
        }

        return type ?? 0;
    }

    private static TimeOffset ReadTimeOffset(ref JsonCursor json)
    {
        TimeOffset spec = new(0, 0);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadTimeOffsetMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static TimeOffset ReadTimeOffsetMember(ref JsonCursor json, TimeOffset spec) =>
        json.Is("secs"u8) ? spec with { Secs = json.Signed() ?? 0 } :
        json.Is("nanosecs"u8) ? spec with { Nanosecs = json.UInt32() ?? 0 } :
        json.Ignore(spec);

    private static NetDeviceSpec ReadNetDevice(ref JsonCursor json)
    {
        NetDeviceSpec spec = new(Name: null);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadNetDeviceMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static NetDeviceSpec ReadNetDeviceMember(ref JsonCursor json, NetDeviceSpec spec) =>
        json.Is("name"u8) ? spec with { Name = json.OptionalText() } :
        json.Ignore(spec);
}
