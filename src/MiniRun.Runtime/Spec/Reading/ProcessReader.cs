namespace MiniRun.Runtime.Spec.Reading;

/// <summary>process: who runs what, and with which rights.</summary>
internal static class ProcessReader
{
    public static ProcessSpec Read(ref JsonCursor json)
    {
        ProcessSpec spec = new() { Cwd = "" };
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.Require("cwd"u8);
        json.EndObject();
        return spec;
    }

    private static ProcessSpec ReadMember(ref JsonCursor json, ProcessSpec spec) =>
        json.Is("terminal"u8) ? spec with { Terminal = json.Boolean() ?? false } :
        json.Is("consoleSize"u8) ? spec with { ConsoleSize = ReadConsoleSize(ref json) } :
        json.Is("user"u8) ? spec with { User = ReadUser(ref json) } :
        json.Is("args"u8) ? spec with { Args = json.Texts() } :
        json.Is("env"u8) ? spec with { Env = json.Texts() } :
        json.Is("cwd"u8) ? spec with { Cwd = json.Text() ?? "" } :
        json.Is("capabilities"u8) ? spec with { Capabilities = ReadCapabilities(ref json) } :
        json.Is("rlimits"u8) ? spec with { Rlimits = json.List(ReadRlimit) } :
        json.Is("noNewPrivileges"u8) ? spec with { NoNewPrivileges = json.Boolean() ?? false } :
        json.Is("apparmorProfile"u8) ? spec with { ApparmorProfile = json.OptionalText() } :
        json.Is("selinuxLabel"u8) ? spec with { SelinuxLabel = json.OptionalText() } :
        json.Is("oomScoreAdj"u8) ? spec with { OomScoreAdj = json.Int32() } :
        json.Is("scheduler"u8) ? spec with { Scheduler = SchedulingReader.ReadScheduler(ref json) } :
        json.Is("ioPriority"u8) ? spec with { IoPriority = SchedulingReader.ReadIoPriority(ref json) } :
        json.Is("execCPUAffinity"u8) ? spec with { ExecCpuAffinity = SchedulingReader.ReadAffinity(ref json) } :
        json.Ignore(spec);

    private static ConsoleSize ReadConsoleSize(ref JsonCursor json)
    {
        ConsoleSize spec = new(0, 0);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadConsoleSizeMember(ref json, spec);
        }

        json.Require("height"u8);
        json.Require("width"u8);
        json.EndObject();
        return spec;
    }

    private static ConsoleSize ReadConsoleSizeMember(ref JsonCursor json, ConsoleSize spec) =>
        json.Is("height"u8) ? spec with { Height = json.UInt16() ?? 0 } :
        json.Is("width"u8) ? spec with { Width = json.UInt16() ?? 0 } :
        json.Ignore(spec);

    private static UserSpec ReadUser(ref JsonCursor json)
    {
        UserSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadUserMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static UserSpec ReadUserMember(ref JsonCursor json, UserSpec spec) =>
        json.Is("uid"u8) ? spec with { Uid = json.UInt32() ?? 0 } :
        json.Is("gid"u8) ? spec with { Gid = json.UInt32() ?? 0 } :
        json.Is("umask"u8) ? spec with { Umask = json.UInt32() } :
        json.Is("additionalGids"u8) ? spec with { AdditionalGids = ReadIds(ref json) } :
        json.Ignore(spec);

    private static List<uint> ReadIds(ref JsonCursor json)
    {
        List<uint> ids = [];
        if (json.BeginList())
        {
            while (json.NextItem())
            {
                ids.Add(json.UInt32() ?? 0);
            }
        }

        return ids;
    }

    private static CapabilitiesSpec ReadCapabilities(ref JsonCursor json)
    {
        CapabilitiesSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadCapabilitiesMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static CapabilitiesSpec ReadCapabilitiesMember(ref JsonCursor json, CapabilitiesSpec spec) =>
        json.Is("bounding"u8) ? spec with { Bounding = json.Texts() } :
        json.Is("effective"u8) ? spec with { Effective = json.Texts() } :
        json.Is("permitted"u8) ? spec with { Permitted = json.Texts() } :
        json.Is("inheritable"u8) ? spec with { Inheritable = json.Texts() } :
        json.Is("ambient"u8) ? spec with { Ambient = json.Texts() } :
        json.Ignore(spec);

    private static RlimitSpec ReadRlimit(ref JsonCursor json)
    {
        RlimitSpec spec = new("", 0, 0);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadRlimitMember(ref json, spec);
        }

        json.Require("type"u8);
        json.Require("soft"u8);
        json.Require("hard"u8);
        json.EndObject();
        return spec;
    }

    private static RlimitSpec ReadRlimitMember(ref JsonCursor json, RlimitSpec spec) =>
        json.Is("type"u8) ? spec with { Type = json.Text() ?? "" } :
        json.Is("soft"u8) ? spec with { Soft = json.Unsigned() ?? 0 } :
        json.Is("hard"u8) ? spec with { Hard = json.Unsigned() ?? 0 } :
        json.Ignore(spec);
}
