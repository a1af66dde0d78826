using System.Text.Json;

namespace MiniRun.Runtime.Spec.Writing;

/// <summary>The document itself, its root, mounts and hooks.</summary>
internal static class RuntimeSpecWriter
{
    public static void Write(Utf8JsonWriter json, RuntimeSpec spec)
    {
        json.Text("ociVersion"u8, spec.OciVersion);
        json.Part("process"u8, spec.Process, ProcessWriter.Write);
        json.Part("root"u8, spec.Root, WriteRoot);
        json.Text("hostname"u8, spec.Hostname);
        json.Text("domainname"u8, spec.Domainname);
        json.Objects("mounts"u8, spec.Mounts, WriteMount);
        WriteHooks(json, spec.Hooks);
        json.TextMap("annotations"u8, spec.Annotations);
        json.Part("linux"u8, spec.Linux, LinuxWriter.Write);
    }

    public static void WriteMapping(Utf8JsonWriter json, IdMapping mapping)
    {
        json.Unsigned("containerID"u8, mapping.ContainerId);
        json.Unsigned("hostID"u8, mapping.HostId);
        json.Unsigned("size"u8, mapping.Size);
    }

    private static void WriteRoot(Utf8JsonWriter json, RootSpec root)
    {
        json.Text("path"u8, root.Path);
        json.FlagIfTrue("readonly"u8, root.Readonly);
    }

    private static void WriteMount(Utf8JsonWriter json, MountSpec mount)
    {
        json.Text("destination"u8, mount.Destination);
        json.Text("type"u8, mount.Type);
        json.Text("source"u8, mount.Source);
        json.Texts("options"u8, mount.Options);
        json.Objects("uidMappings"u8, mount.UidMappings, WriteMapping);
        json.Objects("gidMappings"u8, mount.GidMappings, WriteMapping);
    }

    private static void WriteHooks(Utf8JsonWriter json, HooksSpec hooks)
    {
        if (hooks.Prestart.Count + hooks.CreateRuntime.Count + hooks.CreateContainer.Count + hooks.StartContainer.Count + hooks.Poststart.Count + hooks.Poststop.Count == 0)
        {
            return;
        }

        json.WriteStartObject("hooks"u8);
        json.Objects("prestart"u8, hooks.Prestart, WriteHook);
        json.Objects("createRuntime"u8, hooks.CreateRuntime, WriteHook);
        json.Objects("createContainer"u8, hooks.CreateContainer, WriteHook);
        json.Objects("startContainer"u8, hooks.StartContainer, WriteHook);
        json.Objects("poststart"u8, hooks.Poststart, WriteHook);
        json.Objects("poststop"u8, hooks.Poststop, WriteHook);
        json.WriteEndObject();
    }

    private static void WriteHook(Utf8JsonWriter json, HookSpec hook)
    {
        json.Text("path"u8, hook.Path);
        json.Texts("args"u8, hook.Args);
        json.Texts("env"u8, hook.Env);
        json.Signed("timeout"u8, hook.Timeout);
    }
}
