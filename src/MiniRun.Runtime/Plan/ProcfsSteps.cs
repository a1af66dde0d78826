using System.Globalization;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>All writes below /proc go through one private procfs that no mount of the container can stand in for (CVE-2019-16884, CVE-2025-52881).</summary>
internal static class ProcfsSteps
{
    /// <summary>Opens it while the host's /proc is visible, which the kernel wants to see; only where something will be written.</summary>
    public static void Open(PlanDraft draft)
    {
        if (draft.Spec.Process?.OomScoreAdj is not null || draft.Spec.Linux.Sysctl.Count > 0)
        {
            draft.Procfs = draft.NewSlot();
            draft.Add(new LaunchStep(StepKind.OpenProcfs) { A = draft.Procfs, Source = draft.Spec.Process?.OomScoreAdj is null ? "linux.sysctl" : "process.oomScoreAdj" });
        }
    }

    public static void OomScore(List<LaunchStep> steps, short procfs, ProcessSpec? process)
    {
        if (process?.OomScoreAdj is int score)
        {
            steps.Add(new LaunchStep(StepKind.WriteProc)
            {
                A = procfs, Text0 = "self/oom_score_adj", Text1 = score.ToString(CultureInfo.InvariantCulture), Source = "process.oomScoreAdj",
            });
        }
    }

    public static void Sysctls(PlanDraft draft)
    {
        foreach ((string name, string value) in draft.Spec.Linux.Sysctl)
        {
            draft.Add(new LaunchStep(StepKind.WriteProc) { A = draft.Procfs, Text0 = "sys/" + SysctlKey.FileOf(name), Text1 = value, Source = "linux.sysctl" });
        }
    }
}
