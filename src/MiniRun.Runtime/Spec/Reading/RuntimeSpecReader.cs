namespace MiniRun.Runtime.Spec.Reading;

/// <summary>The document itself, its root and its hooks.</summary>
internal static class RuntimeSpecReader
{
    public static RuntimeSpec Read(ref JsonCursor json)
    {
        RuntimeSpec spec = new() { OciVersion = "" };
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.Require("ociVersion"u8);
        json.EndObject();
        return spec;
    }

    private static RuntimeSpec ReadMember(ref JsonCursor json, RuntimeSpec spec) =>
        json.Is("ociVersion"u8) ? spec with { OciVersion = json.Text() ?? "" } :
        json.Is("root"u8) ? spec with { Root = ReadRoot(ref json) } :
        json.Is("mounts"u8) ? spec with { Mounts = json.List(MountReader.Read) } :
        json.Is("process"u8) ? spec with { Process = ProcessReader.Read(ref json) } :
        json.Is("hostname"u8) ? spec with { Hostname = json.OptionalText() } :
        json.Is("domainname"u8) ? spec with { Domainname = json.OptionalText() } :
        json.Is("hooks"u8) ? spec with { Hooks = ReadHooks(ref json) } :
        json.Is("linux"u8) ? spec with { Linux = LinuxReader.Read(ref json) } :
        json.Is("annotations"u8) ? spec with { Annotations = json.TextMap() } :
        json.Ignore(spec);

    private static RootSpec ReadRoot(ref JsonCursor json)
    {
        RootSpec spec = new("");
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadRootMember(ref json, spec);
        }

        json.Require("path"u8);
        json.EndObject();
        return spec;
    }

    private static RootSpec ReadRootMember(ref JsonCursor json, RootSpec spec) =>
        json.Is("path"u8) ? spec with { Path = json.Text() ?? "" } :
        json.Is("readonly"u8) ? spec with { Readonly = json.Boolean() ?? false } :
        json.Ignore(spec);

    private static HooksSpec ReadHooks(ref JsonCursor json)
    {
        HooksSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadHooksMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static HooksSpec ReadHooksMember(ref JsonCursor json, HooksSpec spec) =>
        json.Is("prestart"u8) ? spec with { Prestart = json.List(ReadHook) } :
        json.Is("createRuntime"u8) ? spec with { CreateRuntime = json.List(ReadHook) } :
        json.Is("createContainer"u8) ? spec with { CreateContainer = json.List(ReadHook) } :
        json.Is("startContainer"u8) ? spec with { StartContainer = json.List(ReadHook) } :
        json.Is("poststart"u8) ? spec with { Poststart = json.List(ReadHook) } :
        json.Is("poststop"u8) ? spec with { Poststop = json.List(ReadHook) } :
        json.Ignore(spec);

    private static HookSpec ReadHook(ref JsonCursor json)
    {
        HookSpec spec = new("", [], [], null);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadHookMember(ref json, spec);
        }

        json.Require("path"u8);
        json.EndObject();
        return spec;
    }

    private static HookSpec ReadHookMember(ref JsonCursor json, HookSpec spec) =>
        json.Is("path"u8) ? spec with { Path = json.Text() ?? "" } :
        json.Is("args"u8) ? spec with { Args = json.Texts() } :
        json.Is("env"u8) ? spec with { Env = json.Texts() } :
        json.Is("timeout"u8) ? spec with { Timeout = json.Int32() } :
        json.Ignore(spec);
}
