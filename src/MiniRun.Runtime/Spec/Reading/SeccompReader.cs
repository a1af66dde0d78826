namespace MiniRun.Runtime.Spec.Reading;

/// <summary>linux.seccomp.</summary>
internal static class SeccompReader
{
    public static SeccompSpec Read(ref JsonCursor json)
    {
        SeccompSpec spec = new() { DefaultAction = "" };
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.Require("defaultAction"u8);
        json.EndObject();
        return spec;
    }

    private static SeccompSpec ReadMember(ref JsonCursor json, SeccompSpec spec) =>
        json.Is("defaultAction"u8) ? spec with { DefaultAction = json.Text() ?? "" } :
        json.Is("defaultErrnoRet"u8) ? spec with { DefaultErrnoRet = json.UInt32() } :
        json.Is("architectures"u8) ? spec with { Architectures = json.Texts() } :
        json.Is("flags"u8) ? spec with { Flags = json.Texts() } :
        json.Is("listenerPath"u8) ? spec with { ListenerPath = json.OptionalText() } :
        json.Is("listenerMetadata"u8) ? spec with { ListenerMetadata = json.OptionalText() } :
        json.Is("syscalls"u8) ? spec with { Syscalls = json.List(ReadRule) } :
        json.Ignore(spec);

    private static SeccompRuleSpec ReadRule(ref JsonCursor json)
    {
        SeccompRuleSpec spec = new() { Names = [], Action = "" };
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadRuleMember(ref json, spec);
        }

        json.Require("names"u8);
        json.Require("action"u8);
        json.EndObject();
        return spec;
    }

    private static SeccompRuleSpec ReadRuleMember(ref JsonCursor json, SeccompRuleSpec spec) =>
        json.Is("names"u8) ? spec with { Names = json.Texts() } :
        json.Is("action"u8) ? spec with { Action = json.Text() ?? "" } :
        json.Is("errnoRet"u8) ? spec with { ErrnoRet = json.UInt32() } :
        json.Is("args"u8) ? spec with { Args = json.List(ReadArgument) } :
        json.Ignore(spec);

    private static SeccompArgumentSpec ReadArgument(ref JsonCursor json)
    {
        SeccompArgumentSpec spec = new(0, 0, 0, "");
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadArgumentMember(ref json, spec);
        }

        json.Require("index"u8);
        json.Require("value"u8);
        json.Require("op"u8);
        json.EndObject();
        return spec;
    }

    private static SeccompArgumentSpec ReadArgumentMember(ref JsonCursor json, SeccompArgumentSpec spec) =>
        json.Is("index"u8) ? spec with { Index = json.UInt32() ?? 0 } :
        json.Is("value"u8) ? spec with { Value = json.Unsigned() ?? 0 } :
        json.Is("valueTwo"u8) ? spec with { ValueTwo = json.Unsigned() ?? 0 } :
        json.Is("op"u8) ? spec with { Op = json.Text() ?? "" } :
        json.Ignore(spec);
}
