using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>process.rlimits.</summary>
internal static class RlimitSteps
{
    /// <summary>By the kernel's number (asm-generic/resource.h, the same on x86_64 and arm64).</summary>
    private static readonly string[] s_names =
    [
        "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_RSS", "RLIMIT_NPROC", "RLIMIT_NOFILE",
        "RLIMIT_MEMLOCK", "RLIMIT_AS", "RLIMIT_LOCKS", "RLIMIT_SIGPENDING", "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_RTTIME",
    ];

    /// <summary>The kernel's name of a limit's number.</summary>
    public static string NameOf(ulong resource) => resource < (ulong)s_names.Length ? s_names[resource] : "RLIMIT_" + resource;

    public static void Add(List<LaunchStep> steps, ProcessSpec process)
    {
        for (int i = 0; i < process.Rlimits.Count; i++)
        {
            RlimitSpec limit = process.Rlimits[i];
            int resource = Array.IndexOf(s_names, limit.Type);
            if (resource < 0)
            {
                throw new MiniRunException($"process.rlimits[{i}].type: '{limit.Type}' is no resource limit: use one as RLIMIT_NOFILE");
            }

            steps.Add(new LaunchStep(StepKind.Rlimit)
            {
                Argument0 = (ulong)resource,
                Argument1 = limit.Soft,
                Argument2 = limit.Hard,
                Source = "process.rlimits",
                SourceIndex = i,
            });
        }
    }
}
