using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Plan;

/// <summary>linux.maskedPaths and linux.readonlyPaths, after every mount that could bring such a path.</summary>
internal static class ProtectedPathSteps
{
    public static void Add(PlanDraft draft)
    {
        IReadOnlyList<string> masked = draft.Spec.Linux.MaskedPaths;
        if (masked.Count > 0)
        {
            DeviceSteps.CutOff(draft, draft.NullDevice, "/dev/null", "linux.maskedPaths", -1);
            short empty = draft.NewSlot();
            draft.Add(new LaunchStep(StepKind.NewMount)
            {
                A = empty,
                Text0 = "tmpfs",
                Text1 = "tmpfs",
                Blob = ContainerPath.Terminated(["nr_inodes=2", "mode=755"], LabelSteps.OfMount(draft, "tmpfs")),
                Argument0 = MountFlags.MOUNT_ATTR_RDONLY | MountFlags.MOUNT_ATTR_NOSUID | MountFlags.MOUNT_ATTR_NODEV | MountFlags.MOUNT_ATTR_NOEXEC,
                Source = "linux.maskedPaths",
            });
            for (int i = 0; i < masked.Count; i++)
            {
                draft.Add(new LaunchStep(StepKind.MaskPath)
                {
                    A = draft.Root,
                    B = draft.NullDevice,
                    C = empty,
                    Text0 = ContainerPath.Clean(masked[i]),
                    Source = "linux.maskedPaths",
                    SourceIndex = i,
                });
            }
        }

        IReadOnlyList<string> readOnly = draft.Spec.Linux.ReadonlyPaths;
        for (int i = 0; i < readOnly.Count; i++)
        {
            draft.Add(new LaunchStep(StepKind.ReadonlyPath) { A = draft.Root, Text0 = ContainerPath.Clean(readOnly[i]), Source = "linux.readonlyPaths", SourceIndex = i });
        }
    }
}
