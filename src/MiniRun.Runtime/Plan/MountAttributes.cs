using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Plan;

/// <summary>The mount_setattr calls of an entry of mounts[].</summary>
internal static class MountAttributes
{
    /// <summary>One call; it is recursive where the propagation is.</summary>
    public static void Add(PlanDraft draft, PlannedMount mount, AttributeChange change, ulong propagation)
    {
        if (change.IsEmpty && propagation == 0)
        {
            return;
        }

        draft.Add(new LaunchStep(StepKind.MountAttributes)
        {
            A = mount.Slot,
            Text0 = mount.Destination,
            Argument0 = change.Set,
            Argument1 = change.Clear,
            Argument2 = propagation & ~MountFlags.MS_REC,
            Argument3 = (propagation & MountFlags.MS_REC) != 0 ? 1ul : 0,
            Source = "mounts",
            SourceIndex = mount.Index,
        });
    }

    /// <summary>Two calls for a tree of mounts: what is for all of it, then what is for its top alone.</summary>
    public static void AddBoth(PlanDraft draft, PlannedMount mount, AttributeChange tree, AttributeChange top, ulong propagation)
    {
        bool deep = propagation == 0 || (propagation & MountFlags.MS_REC) != 0;
        Add(draft, mount, tree, (deep ? propagation : 0) | (tree.IsEmpty ? 0 : MountFlags.MS_REC));
        Add(draft, mount, top, deep ? 0 : propagation);
    }
}
