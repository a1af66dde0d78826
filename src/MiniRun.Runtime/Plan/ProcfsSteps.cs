using System.Globalization;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>All writes below /proc go through one private procfs that no mount of the container can stand in for (CVE-2019-16884, CVE-2025-52881).</summary>
internal static class ProcfsSteps
{
    private const string OomScoreAdj = "process.oomScoreAdj";

    /// <summary>Whether `exec` has anything to write.</summary>
    public static bool AreNeeded(ProcessSpec process) => process.OomScoreAdj is not null || LabelSteps.AreIn(process);

    /// <summary>`exec`: through the host's own /proc (init checks that it is one), as long as it is in sight. Labels are inherited by the process that goes on.</summary>
    public static void BeforeJoining(List<LaunchStep> steps, short slot, ProcessSpec process, SecurityModules modules)
    {
        if (!AreNeeded(process))
        {
            return;
        }

        string source = process.OomScoreAdj is not null ? OomScoreAdj : string.IsNullOrEmpty(process.ApparmorProfile) ? LabelSteps.Label : LabelSteps.Profile;
        steps.Add(new LaunchStep(StepKind.OpenTree) { A = slot, Text0 = "/proc", Source = source });
        if (process.OomScoreAdj is int score)
        {
            steps.Add(WriteOomScore(slot, score));
        }

        LabelSteps.Add(steps, slot, process, modules);
        steps.Add(new LaunchStep(StepKind.Close) { A = slot, Source = source });
    }

    /// <summary>
    /// Where init enters a user namespace itself, and does not exec after that, its oom_score_adj still belongs to the outer
    /// root and cannot be written any more: so this precedes the joins. (Labels can, and follow the createContainer hooks, which
    /// would inherit them.)
    /// </summary>
    public static void OomScoreBeforeUser(PlanDraft draft, ProcessSpec process)
    {
        if (draft.Namespaces.InitMakesAll && process.OomScoreAdj is not null)
        {
            BeforeJoining(draft.Steps, draft.NewSlot(), process with { ApparmorProfile = null, SelinuxLabel = null }, draft.Facts.Modules);
        }
    }

    /// <summary>Opens it while the host's /proc is visible, which the kernel wants to see; only where something will be written.</summary>
    public static void Open(PlanDraft draft, ProcessSpec process)
    {
        int? score = draft.Namespaces.InitMakesAll ? null : process.OomScoreAdj;
        if (score is null && draft.Spec.Linux.Sysctl.Count == 0 && !LabelSteps.AreIn(process))
        {
            return;
        }

        draft.Procfs = draft.NewSlot();
        draft.Add(new LaunchStep(StepKind.OpenProcfs) { A = draft.Procfs, Source = score is not null ? OomScoreAdj : draft.Spec.Linux.Sysctl.Count > 0 ? "linux.sysctl" : string.IsNullOrEmpty(process.ApparmorProfile) ? LabelSteps.Label : LabelSteps.Profile });
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
