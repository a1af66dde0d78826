using System.Text.Json;

namespace MiniRun.Runtime.Spec.Writing;

/// <summary>process.</summary>
internal static class ProcessWriter
{
    public static void Write(Utf8JsonWriter json, ProcessSpec process)
    {
        json.FlagIfTrue("terminal"u8, process.Terminal);
        json.Part("consoleSize"u8, process.ConsoleSize, WriteConsoleSize);
        json.Part("user"u8, process.User, WriteUser);
        json.Texts("args"u8, process.Args);
        json.Texts("env"u8, process.Env);
        json.Text("cwd"u8, process.Cwd);
        json.Part("capabilities"u8, process.Capabilities, WriteCapabilities);
        json.Objects("rlimits"u8, process.Rlimits, WriteRlimit);
        json.FlagIfTrue("noNewPrivileges"u8, process.NoNewPrivileges);
        json.Text("apparmorProfile"u8, process.ApparmorProfile);
        json.Text("selinuxLabel"u8, process.SelinuxLabel);
        json.Signed("oomScoreAdj"u8, process.OomScoreAdj);
        json.Part("scheduler"u8, process.Scheduler, WriteScheduler);
        json.Part("ioPriority"u8, process.IoPriority, WriteIoPriority);
        json.Part("execCPUAffinity"u8, process.ExecCpuAffinity, WriteAffinity);
    }

    private static void WriteConsoleSize(Utf8JsonWriter json, ConsoleSize size)
    {
        json.Unsigned("height"u8, size.Height);
        json.Unsigned("width"u8, size.Width);
    }

    private static void WriteUser(Utf8JsonWriter json, UserSpec user)
    {
        json.Unsigned("uid"u8, user.Uid);
        json.Unsigned("gid"u8, user.Gid);
        json.Unsigned("umask"u8, user.Umask);
        if (user.AdditionalGids.Count == 0)
        {
            return;
        }

        json.WriteStartArray("additionalGids"u8);
        foreach (uint gid in user.AdditionalGids)
        {
            json.WriteNumberValue(gid);
        }

        json.WriteEndArray();
    }

    private static void WriteCapabilities(Utf8JsonWriter json, CapabilitiesSpec sets)
    {
        json.Texts("bounding"u8, sets.Bounding);
        json.Texts("effective"u8, sets.Effective);
        json.Texts("permitted"u8, sets.Permitted);
        json.Texts("inheritable"u8, sets.Inheritable);
        json.Texts("ambient"u8, sets.Ambient);
    }

    private static void WriteRlimit(Utf8JsonWriter json, RlimitSpec limit)
    {
        json.Text("type"u8, limit.Type);
        json.Unsigned("soft"u8, limit.Soft);
        json.Unsigned("hard"u8, limit.Hard);
    }

    private static void WriteScheduler(Utf8JsonWriter json, SchedulerSpec scheduler)
    {
        json.Text("policy"u8, scheduler.Policy);
        json.Signed("nice"u8, scheduler.Nice);
        json.Signed("priority"u8, scheduler.Priority);
        json.Texts("flags"u8, scheduler.Flags);
        json.Unsigned("runtime"u8, scheduler.Runtime);
        json.Unsigned("deadline"u8, scheduler.Deadline);
        json.Unsigned("period"u8, scheduler.Period);
    }

    private static void WriteIoPriority(Utf8JsonWriter json, IoPrioritySpec priority)
    {
        json.Text("class"u8, priority.Class);
        json.Signed("priority"u8, priority.Priority);
    }

    private static void WriteAffinity(Utf8JsonWriter json, ExecCpuAffinity affinity)
    {
        json.Text("initial"u8, affinity.Initial);
        json.Text("final"u8, affinity.Final);
    }
}
