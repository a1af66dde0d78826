using System.Globalization;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>All writes below /proc go through one private procfs that no mount of the container can stand in for (CVE-2019-16884, CVE-2025-52881).</summary>
internal static class ProcfsSteps
{
    private const string OomScoreAdj = "process.oomScoreAdj";

    /// <summary>
    /// Where init enters a user namespace itself, and does not exec after that, /proc/self still belongs to the outer root
    /// and cannot be written any more: so this precedes the joins, through the host's own /proc (init checks that it is one).
    /// </summary>
    public static void OomScoreBeforeJoining(List<LaunchStep> steps, short slot, ProcessSpec process)
    {
        if (process.OomScoreAdj is int score)
        {
            steps.Add(new LaunchStep(StepKind.OpenTree) { A = slot, Text0 = "/proc", Source = OomScoreAdj });
            steps.Add(WriteOomScore(slot, score));
            steps.Add(new LaunchStep(StepKind.Close) { A = slot, Source = OomScoreAdj });
        }
    }

    /// <summary>The same for a container, where it is one of those.</summary>
    public static void OomScoreBeforeUser(PlanDraft draft, ProcessSpec process)
    {
        if (draft.Namespaces.InitMakesAll && process.OomScoreAdj is not null)
        {
            OomScoreBeforeJoining(draft.Steps, draft.NewSlot(), process);
        }
    }

    /// <summary>Opens it while the host's /proc is visible, which the kernel wants to see; only where something will be written.</summary>
    public static void Open(PlanDraft draft, ProcessSpec process)
    {
        int? score = draft.Namespaces.InitMakesAll ? null : process.OomScoreAdj;
        if (score is null && draft.Spec.Linux.Sysctl.Count == 0)
        {
            return;
        }

        draft.Procfs = draft.NewSlot();
        draft.Add(new LaunchStep(StepKind.OpenProcfs) { A = draft.Procfs, Source = score is null ? "linux.sysctl" : OomScoreAdj });
        if (score is int value)
        {
            draft.Add(WriteOomScore(draft.Procfs, value));
        }
    }

    public static void Sysctls(PlanDraft draft)
    {
        foreach ((string name, string value) in draft.Spec.Linux.Sysctl)
        {
            draft.Add(new LaunchStep(StepKind.WriteProc) { A = draft.Procfs, Text0 = "sys/" + SysctlKey.FileOf(name), Text1 = value, Source = "linux.sysctl" });
        }
    }

    private static LaunchStep WriteOomScore(short slot, int score) => new(StepKind.WriteProc)
    {
        A = slot,
        Text0 = "self/oom_score_adj",
        Text1 = score.ToString(CultureInfo.InvariantCulture),
        Source = OomScoreAdj,
    };
}
