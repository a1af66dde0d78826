namespace MiniRun.Runtime.Spec.Reading;

/// <summary>mounts[] and the id mappings it shares with linux.</summary>
internal static class MountReader
{
    public static MountSpec Read(ref JsonCursor json)
    {
        MountSpec spec = new() { Destination = "" };
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.Require("destination"u8);
        json.EndObject();
        return spec;
    }

    private static MountSpec ReadMember(ref JsonCursor json, MountSpec spec) =>
        json.Is("destination"u8) ? spec with { Destination = json.Text() ?? "" } :
        json.Is("type"u8) ? spec with { Type = json.OptionalText() } :
        json.Is("source"u8) ? spec with { Source = json.OptionalText() } :
        json.Is("options"u8) ? spec with { Options = json.Texts() } :
        json.Is("uidMappings"u8) ? spec with { UidMappings = json.List(ReadMapping) } :
        json.Is("gidMappings"u8) ? spec with { GidMappings = json.List(ReadMapping) } :
        json.Ignore(spec);

    public static IdMapping ReadMapping(ref JsonCursor json)
    {
        IdMapping spec = new(0, 0, 0);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMappingMember(ref json, spec);
        }

        json.Require("containerID"u8);
        json.Require("hostID"u8);
        json.Require("size"u8);
        json.EndObject();
        return spec;
    }

    private static IdMapping ReadMappingMember(ref JsonCursor json, IdMapping spec) =>
        json.Is("containerID"u8) ? spec with { ContainerId = json.UInt32() ?? 0 } :
        json.Is("hostID"u8) ? spec with { HostId = json.UInt32() ?? 0 } :
        json.Is("size"u8) ? spec with { Size = json.UInt32() ?? 0 } :
        json.Ignore(spec);
}
