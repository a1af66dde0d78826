namespace MiniRun.Runtime.Spec.Reading;

/// <summary>The sections of linux that few containers have.</summary>
internal static class LinuxRareReader
{
    public static IntelRdtSpec ReadIntelRdt(ref JsonCursor json)
    {
        IntelRdtSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadIntelRdtMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static IntelRdtSpec ReadIntelRdtMember(ref JsonCursor json, IntelRdtSpec spec) =>
        json.Is("closID"u8) ? spec with { ClosId = json.OptionalText() } :
        json.Is("schemata"u8) ? spec with { Schemata = json.Texts() } :
        json.Is("l3CacheSchema"u8) ? spec with { L3CacheSchema = json.OptionalText() } :
        json.Is("memBwSchema"u8) ? spec with { MemBwSchema = json.OptionalText() } :
        json.Is("enableMonitoring"u8) ? spec with { EnableMonitoring = json.Boolean() ?? false } :
        json.Ignore(spec);

    public static MemoryPolicySpec ReadMemoryPolicy(ref JsonCursor json)
    {
        MemoryPolicySpec spec = new("", null, []);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMemoryPolicyMember(ref json, spec);
        }

        json.Require("mode"u8);
        json.EndObject();
        return spec;
    }

    private static MemoryPolicySpec ReadMemoryPolicyMember(ref JsonCursor json, MemoryPolicySpec spec) =>
        json.Is("mode"u8) ? spec with { Mode = json.Text() ?? "" } :
        json.Is("nodes"u8) ? spec with { Nodes = json.OptionalText() } :
        json.Is("flags"u8) ? spec with { Flags = json.Texts() } :
        json.Ignore(spec);

    public static PersonalitySpec ReadPersonality(ref JsonCursor json)
    {
        PersonalitySpec spec = new("", []);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadPersonalityMember(ref json, spec);
        }

        json.Require("domain"u8);
        json.EndObject();
        return spec;
    }

    private static PersonalitySpec ReadPersonalityMember(ref JsonCursor json, PersonalitySpec spec) =>
        json.Is("domain"u8) ? spec with { Domain = json.Text() ?? "" } :
        json.Is("flags"u8) ? spec with { Flags = json.Texts() } :
        json.Ignore(spec);
}
