using MiniRun.Linux.Resctrl;

namespace MiniRun.Runtime.Plan;

/// <summary>The container's class of service and monitoring group (Intel RDT).</summary>
internal static class ResctrlSteps
{
    private const string Source = "linux.intelRdt";

    /// <summary>What is made before the container's first process is.</summary>
    public static void Make(PlanDraft draft)
    {
        if (draft.Spec.Linux.IntelRdt is not { } rdt)
        {
            return;
        }

        ResctrlPlacement placement = ResctrlPlacement.Of(rdt, draft.Request.Id, draft.Facts.Resctrl);
        string mountPoint = draft.Facts.Resctrl!.MountPoint;
        string folder = ResctrlPath.Class(mountPoint, placement.ClosId);
        if (placement.MakesClass)
        {
            draft.Add(new LaunchStep(StepKind.ResctrlGroup) { Text0 = folder, Source = Source });
            foreach (string lines in rdt.SchemataToWrite())
            {
                draft.Add(new LaunchStep(StepKind.ResctrlSchemata) { Text0 = folder, Text1 = lines, Source = Source });
            }
        }

        if (placement.Monitors)
        {
            draft.Add(new LaunchStep(StepKind.ResctrlGroup) { Text0 = ResctrlPath.Monitoring(mountPoint, placement.ClosId, draft.Request.Id.Value), Source = Source + ".enableMonitoring" });
        }
    }

    /// <summary>The first process joins before it can start another: the kernel has no clone3 into a group.</summary>
    public static void Join(PlanDraft draft)
    {
        if (draft.Spec.Linux.IntelRdt is { } rdt)
        {
            Join(draft.Steps, ResctrlPlacement.Of(rdt, draft.Request.Id, draft.Facts.Resctrl).Folders(draft.Facts.Resctrl!.MountPoint, draft.Request.Id));
        }
    }

    /// <summary>The process of `exec` joins its container's groups: it comes from another process than the container's.</summary>
    public static void Join(List<LaunchStep> steps, IReadOnlyList<string> folders)
    {
        for (int i = 0; i < folders.Count; i++)
        {
            steps.Add(new LaunchStep(StepKind.ResctrlTask) { Text0 = folders[i], Source = Source });
        }
    }
}
