namespace MiniRun.Runtime.Spec.Reading;

/// <summary>linux.devices and linux.resources.devices.</summary>
internal static class DeviceReader
{
    public static DeviceSpec Read(ref JsonCursor json)
    {
        DeviceSpec spec = new() { Type = '\0', Path = "" };
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.Require("type"u8);
        json.Require("path"u8);
        if (spec.Type != 'p')
        {
            json.Require("major"u8);
            json.Require("minor"u8);
        }

        json.EndObject();
        return spec;
    }

    private static DeviceSpec ReadMember(ref JsonCursor json, DeviceSpec spec) =>
        json.Is("type"u8) ? spec with { Type = ReadType(ref json, "cbup") } :
        json.Is("path"u8) ? spec with { Path = json.Text() ?? "" } :
        json.Is("major"u8) ? spec with { Major = json.Signed() ?? 0 } :
        json.Is("minor"u8) ? spec with { Minor = json.Signed() ?? 0 } :
        json.Is("fileMode"u8) ? spec with { FileMode = json.UInt32() } :
        json.Is("uid"u8) ? spec with { Uid = json.UInt32() } :
        json.Is("gid"u8) ? spec with { Gid = json.UInt32() } :
        json.Ignore(spec);

    public static DeviceRuleSpec ReadRule(ref JsonCursor json)
    {
        DeviceRuleSpec spec = new(false, 'a', null, null, "");
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadRuleMember(ref json, spec);
        }

        json.Require("allow"u8);
        json.EndObject();
        return spec;
    }

    private static DeviceRuleSpec ReadRuleMember(ref JsonCursor json, DeviceRuleSpec spec) =>
        json.Is("allow"u8) ? spec with { Allow = json.Boolean() ?? false } :
        json.Is("type"u8) ? spec with { Type = ReadType(ref json, "abc") } :
        json.Is("major"u8) ? spec with { Major = ReadNumber(ref json) } :
        json.Is("minor"u8) ? spec with { Minor = ReadNumber(ref json) } :
        json.Is("access"u8) ? spec with { Access = json.Text() ?? "" } :
        json.Ignore(spec);

    private static char ReadType(ref JsonCursor json, string known)
    {
        string? type = json.Text();
        if (type is { Length: 1 } && known.Contains(type[0], StringComparison.Ordinal))
        {
            return type[0];
        }

        if (type is not null)
        {
            json.Problem($"expected one letter of \"{known}\"");
        }

        return '\0';
    }

    /// <summary>Rules written by older engines say -1 for any number.</summary>
    private static long? ReadNumber(ref JsonCursor json) => json.Signed(-1) is >= 0 and long number ? number : null;
}
