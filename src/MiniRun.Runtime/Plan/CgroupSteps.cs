using MiniRun.Linux;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Runtime.Plan;

/// <summary>The container's cgroup, complete before the first process is in it.</summary>
internal static class CgroupSteps
{
    public static void Add(PlanDraft draft)
    {
        List<CgroupSetting> settings = CgroupSettings.Of(draft.Spec.Linux.Resources, draft.Facts.Cgroup?.Bfq ?? false);
        if (draft.Request.CgroupPath is not string path)
        {
            // Device rules are no limit to miss: without a cgroup, what nodes there are and who may open them decides, and no more was asked for.
            if (settings.Count > 0)
            {
                throw new MiniRunException($"{settings[0].Source}: a limit ({settings[0].Write.File}) needs a cgroup, and this container has none: remove the limit, or give the user a delegated cgroup (run as root, or in a systemd user session)");
            }

            return;
        }

        draft.Add(new LaunchStep(StepKind.CgroupCreate) { Text0 = path, Source = "linux.cgroupsPath" });
        foreach (CgroupSetting setting in settings)
        {
            draft.Add(new LaunchStep(StepKind.CgroupWrite) { Text0 = setting.Write.File, Text1 = setting.Write.Value, Source = setting.Source });
        }

        AddDevices(draft);
    }

    /// <summary>In a user namespace no node can be made and no rule can be attached: the host's own permissions on its nodes are all there is.</summary>
    private static void AddDevices(PlanDraft draft)
    {
        if (draft.Facts.CanMount && !draft.Facts.InUserNamespace)
        {
            draft.Add(new LaunchStep(StepKind.CgroupDevices)
            {
                Blob = DeviceProgram.Compile(DeviceAllowance.RulesOf(draft.Spec.Linux.Resources.Devices)),
                Source = "linux.resources.devices",
            });
        }
    }
}
