using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The system call filter. The plan says that and with which flags it is loaded; its instructions are compiled outside and given to the encoder.</summary>
internal static class SeccompSteps
{
    public static void Add(List<LaunchStep> steps, SeccompSpec? seccomp)
    {
        if (seccomp is not null)
        {
            steps.Add(new LaunchStep(StepKind.Seccomp) { Argument0 = Flags(seccomp.Flags), Source = "linux.seccomp" });
        }
    }

    private static ulong Flags(IReadOnlyList<string> names)
    {
        ulong flags = 0;
        for (int i = 0; i < names.Count; i++)
        {
            flags |= names[i] switch
            {
                "SECCOMP_FILTER_FLAG_TSYNC" => 1,
                "SECCOMP_FILTER_FLAG_LOG" => 2,
                "SECCOMP_FILTER_FLAG_SPEC_ALLOW" => 4,
                "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV" => 32,
                _ => 0ul, // the validator knows these names only
            };
        }

        return flags;
    }
}
