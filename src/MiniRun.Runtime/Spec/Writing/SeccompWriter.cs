using System.Text.Json;

namespace MiniRun.Runtime.Spec.Writing;

/// <summary>linux.seccomp.</summary>
internal static class SeccompWriter
{
    public static void Write(Utf8JsonWriter json, SeccompSpec seccomp)
    {
        json.Text("defaultAction"u8, seccomp.DefaultAction);
        json.Unsigned("defaultErrnoRet"u8, seccomp.DefaultErrnoRet);
        json.Texts("architectures"u8, seccomp.Architectures);
        json.Texts("flags"u8, seccomp.Flags);
        json.Text("listenerPath"u8, seccomp.ListenerPath);
        json.Text("listenerMetadata"u8, seccomp.ListenerMetadata);
        json.Objects("syscalls"u8, seccomp.Syscalls, WriteRule);
    }

    private static void WriteRule(Utf8JsonWriter json, SeccompRuleSpec rule)
    {
        json.Texts("names"u8, rule.Names);
        json.Text("action"u8, rule.Action);
        json.Unsigned("errnoRet"u8, rule.ErrnoRet);
        json.Objects("args"u8, rule.Args, WriteArgument);
    }

    private static void WriteArgument(Utf8JsonWriter json, SeccompArgumentSpec argument)
    {
        json.Unsigned("index"u8, argument.Index);
        json.Unsigned("value"u8, argument.Value);
        json.Unsigned("valueTwo"u8, argument.ValueTwo);
        json.Text("op"u8, argument.Op);
    }
}
