namespace MiniRun.Runtime.Spec.Reading;

/// <summary>The parts of process that say when and where it may run.</summary>
internal static class SchedulingReader
{
    public static SchedulerSpec ReadScheduler(ref JsonCursor json)
    {
        SchedulerSpec spec = new() { Policy = "" };
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadSchedulerMember(ref json, spec);
        }

        json.Require("policy"u8);
        json.EndObject();
        return spec;
    }

    private static SchedulerSpec ReadSchedulerMember(ref JsonCursor json, SchedulerSpec spec) =>
        json.Is("policy"u8) ? spec with { Policy = json.Text() ?? "" } :
        json.Is("nice"u8) ? spec with { Nice = json.Int32() ?? 0 } :
        json.Is("priority"u8) ? spec with { Priority = json.Int32() ?? 0 } :
        json.Is("flags"u8) ? spec with { Flags = json.Texts() } :
        json.Is("runtime"u8) ? spec with { Runtime = json.Unsigned() ?? 0 } :
        json.Is("deadline"u8) ? spec with { Deadline = json.Unsigned() ?? 0 } :
        json.Is("period"u8) ? spec with { Period = json.Unsigned() ?? 0 } :
        json.Ignore(spec);

    public static IoPrioritySpec ReadIoPriority(ref JsonCursor json)
    {
        IoPrioritySpec spec = new("", 0);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadIoPriorityMember(ref json, spec);
        }

        json.Require("class"u8);
        json.Require("priority"u8);
        json.EndObject();
        return spec;
    }

    private static IoPrioritySpec ReadIoPriorityMember(ref JsonCursor json, IoPrioritySpec spec) =>
        json.Is("class"u8) ? spec with { Class = json.Text() ?? "" } :
        json.Is("priority"u8) ? spec with { Priority = json.Int32() ?? 0 } :
        json.Ignore(spec);

    public static ExecCpuAffinity ReadAffinity(ref JsonCursor json)
    {
        ExecCpuAffinity spec = new(null, null);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadAffinityMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static ExecCpuAffinity ReadAffinityMember(ref JsonCursor json, ExecCpuAffinity spec) =>
        json.Is("initial"u8) ? spec with { Initial = json.OptionalText() } :
        json.Is("final"u8) ? spec with { Final = json.OptionalText() } :
        json.Ignore(spec);
}
