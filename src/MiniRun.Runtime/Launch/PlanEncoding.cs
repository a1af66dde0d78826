using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>The bytes for minirun-init: the plan, and the compiled seccomp filter, which is the one thing that the plan itself leaves open.</summary>
internal static class PlanEncoding
{
    public static EncodedPlan Encode(LaunchJob job) => PlanEncoder.Encode(job.Plan, new EncodeOptions
    {
        BuildId = InitImage.BuildId.ToArray(),
        SeccompFilter = job.Seccomp is null ? default : SeccompFilter.Compile(job.Seccomp, job.SeccompCache),
        Trace = job.Trace is not null || Faults.LauncherAtStep != 0,
#if MINIRUN_FAULTS
        // init refuses a step that is not there; the tests count the steps by going on until nobody dies.
        Fault = Faults.InitStep <= job.Plan.Steps.Count(static step => !step.IsLaunchers) ? Faults.InitStep : 0,
        Weaknesses = Weakening.InitFlags,
#endif
    });
}
