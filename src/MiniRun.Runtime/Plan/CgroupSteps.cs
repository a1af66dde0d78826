using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Cgroups;
using MiniRun.Runtime.Spec;

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

        draft.Add(draft.Request.Scope is { } scope
            ? new LaunchStep(StepKind.CgroupScope) { Text0 = path, Text1 = scope.Unit, Text2 = scope.Slice, Argument0 = scope.User ? 1u : 0, Source = "linux.cgroupsPath" }
            : new LaunchStep(StepKind.CgroupCreate) { Text0 = path, Text1 = Counting(draft), Source = "linux.cgroupsPath" });
        foreach (CgroupSetting setting in settings)
        {
            draft.Add(new LaunchStep(StepKind.CgroupWrite) { Text0 = setting.Write.File, Text1 = setting.Write.Value, Source = setting.Source });
        }

        AddDevices(draft);
        AddOwner(draft);
    }

    /// <summary>The controllers that count here, with blanks between.</summary>
    private static string Counting(PlanDraft draft)
    {
        List<string> counting = [];
        foreach (string controller in draft.Request.Counting)
        {
            if (draft.Facts.Cgroup?.Controllers.Contains(controller) == true)
            {
                counting.Add(controller);
            }
        }

        return string.Join(' ', counting);
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

    /// <summary>
    /// The program's user owns the cgroup where it can use it: it has a cgroup namespace of its own and sees it read-write
    /// (config-linux.md, "Cgroup ownership").
    /// </summary>
    private static void AddOwner(PlanDraft draft)
    {
        bool usable = draft.Namespaces.IsNew(NamespaceType.Cgroup) && draft.Spec.Mounts.Any(mount =>
            mount.Destination == "/sys/fs/cgroup" && mount.Source == "cgroup" && mount.Type is "cgroup" or "cgroup2" && !mount.Options.Contains("ro"));
        if (usable && draft.Facts.Effective.Contains(Capability.CAP_CHOWN) && OwnerOf(draft) is { } owner && owner != draft.Facts.Uid)
        {
            draft.Add(new LaunchStep(StepKind.CgroupOwner) { Argument0 = owner, Source = "linux.cgroupsPath" });
        }
    }

    /// <summary>The program's uid as the launcher sees it; null where only a namespace that exists already could tell.</summary>
    private static uint? OwnerOf(PlanDraft draft)
    {
        uint uid = draft.Spec.Process?.User.Uid ?? 0;
        if (draft.Namespaces.UserIsNew)
        {
            IdMapping? mapping = draft.Spec.Linux.UidMappings.FirstOrDefault(range => uid >= range.ContainerId && uid - range.ContainerId < range.Size);
            return mapping is null ? null : mapping.HostId + (uid - mapping.ContainerId);
        }

        return draft.Namespaces.UserIsJoined ? null : uid;
    }
}
