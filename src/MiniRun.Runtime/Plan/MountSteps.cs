using System.Text;
using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Plan;

/// <summary>The entries of mounts[]: taken from the host first, attached in the spec's order after the root was entered.</summary>
internal static class MountSteps
{
    /// <summary>A privileged launcher clones the sources of bind mounts.</summary>
    public static void FromHost(PlanDraft draft)
    {
        if (!draft.Facts.CanMount)
        {
            return;
        }

        foreach (PlannedMount mount in draft.Mounts)
        {
            if (mount.Origin == MountOrigin.HostLayers)
            {
                AddLayers(draft, mount);
            }
            else if (mount.Origin == MountOrigin.HostTree)
            {
                mount.Slot = draft.NewSlot();
                draft.Add(new LaunchStep(StepKind.HostTree)
                {
                    A = mount.Slot,
                    Text0 = mount.Source,
                    Blob = Encoding.UTF8.GetBytes(mount.Subpath),
                    Text1 = mount.IdMap?.Text1 ?? "",
                    Text2 = mount.IdMap?.Text2 ?? "",
                    Argument0 = IsRecursive(mount) ? 1ul : 0,
                    Argument1 = (ulong)(mount.IdMap?.Origin ?? IdMapOrigin.None),
                    Argument2 = mount.IdMap is { Recursive: true } ? 1ul : 0,
                    Argument3 = mount.NoLinks ? 1ul : 0,
                    Source = "mounts",
                    SourceIndex = mount.Index,
                });
            }
        }
    }

    /// <summary>What init must take before the host's root is left: bind sources of an unprivileged launcher, and new proc and sysfs.</summary>
    public static void FromInside(PlanDraft draft)
    {
        foreach (PlannedMount mount in draft.Mounts)
        {
            if (mount.Origin == MountOrigin.NewBeforeRoot)
            {
                AddNewMount(draft, mount);
            }
            else if (mount.Origin == MountOrigin.HostTree && mount.Slot < 0)
            {
                mount.Slot = draft.NewSlot();
                draft.Add(new LaunchStep(StepKind.OpenTree)
                {
                    A = mount.Slot,
                    Text0 = mount.Source,
                    Argument0 = MountFlags.OPEN_TREE_CLONE | MountFlags.OPEN_TREE_CLOEXEC | (IsRecursive(mount) ? MountFlags.AT_RECURSIVE : 0),
                    Argument3 = mount.NoLinks && !mount.Source.StartsWith("/proc/", StringComparison.Ordinal) ? 1ul : 0, // procfs's own links are nobody's to make
                    Source = "mounts",
                    SourceIndex = mount.Index,
                });
            }
        }
    }

    /// <summary>Makes what is still missing and attaches all, each after its attributes: nothing is visible before it is protected.</summary>
    public static void Attach(PlanDraft draft)
    {
        foreach (PlannedMount mount in draft.Mounts)
        {
            if (mount.Origin == MountOrigin.Remount)
            {
                mount.Slot = MountRemount.SlotOf(draft.Mounts, mount);
                MountRemount.Add(draft, mount);
                continue;
            }

            if (mount.Slot < 0)
            {
                AddNewMount(draft, mount);
            }

            AddCopy(draft, mount);
            AddAttributes(draft, mount);
            draft.Add(new LaunchStep(StepKind.Attach)
            {
                A = draft.Root,
                B = mount.Slot,
                Text0 = mount.Destination,
                Flags = mount.Destination is "/proc" or "/sys" ? (ushort)Wire.AttachFlags.NoSymlinks : (ushort)0,
                Source = "mounts",
                SourceIndex = mount.Index,
            });
        }
    }

    private static void AddLayers(PlanDraft draft, PlannedMount mount)
    {
        mount.Slot = draft.NewSlot();
        draft.Add(new LaunchStep(StepKind.HostOverlay)
        {
            A = mount.Slot,
            Blob = ContainerPath.Terminated(mount.Layers, []),
            Argument1 = (ulong)(mount.IdMap?.Origin ?? IdMapOrigin.None),
            Source = "mounts",
            SourceIndex = mount.Index,
        });
    }

    private static bool IsRecursive(PlannedMount mount) => mount.Options.RecursiveBind || mount.ForceReadonly;

    private static void AddNewMount(PlanDraft draft, PlannedMount mount)
    {
        mount.Slot = draft.NewSlot();
        draft.Add(new LaunchStep(StepKind.NewMount)
        {
            A = mount.Slot,
            Text0 = mount.Type,
            Text1 = mount.Source,
            Text2 = mount.Fallback,
            Blob = ContainerPath.Terminated(mount.Options.Data, [.. MountedReadonly(mount), .. LabelSteps.OfMount(draft, mount.Type)]),
            Argument0 = Made(mount).Set & ~(mount.Options.CopyUp ? MountFlags.MOUNT_ATTR_RDONLY : 0),
            Argument1 = mount.Fallback.Length > 0 ? 1ul : 0,
            Source = "mounts",
            SourceIndex = mount.Index,
        });
    }

    // A disk must not be written at all, not even to replay its journal; the kernel's own file systems have nothing to write.
    private static string[] MountedReadonly(PlannedMount mount) =>
        (mount.Options.Change.Set & MountFlags.MOUNT_ATTR_RDONLY) != 0 && mount.Type is not ("proc" or "sysfs" or "tmpfs" or "devpts" or "mqueue" or "cgroup2") ? ["ro"] : [];

    private static AttributeChange Made(PlannedMount mount) => mount.Options.RecursiveChange.Then(mount.Options.Change);

    /// <summary>Read-only comes after the copy. The folder itself is as the one it covers, unless the options say how it is to be.</summary>
    private static void AddCopy(PlanDraft draft, PlannedMount mount)
    {
        if (!mount.Options.CopyUp)
        {
            return;
        }

        draft.Add(new LaunchStep(StepKind.CopyUp)
        {
            A = draft.Root,
            B = mount.Slot,
            Text0 = mount.Destination,
            Argument0 = mount.Options.Data.Exists(static word => word.StartsWith("mode=", StringComparison.Ordinal)) ? 0ul : 1,
            Source = "mounts",
            SourceIndex = mount.Index,
        });
        MountAttributes.Add(draft, mount, new AttributeChange(Made(mount).Set & MountFlags.MOUNT_ATTR_RDONLY, 0), propagation: 0);
    }

    private static void AddAttributes(PlanDraft draft, PlannedMount mount)
    {
        MountOptions options = mount.Options;
        if (mount.Origin is not (MountOrigin.HostTree or MountOrigin.HostLayers))
        {
            MountAttributes.Add(draft, mount, default, options.Propagation); // the others it was made with
            return;
        }

        // "rw" takes an earlier "ro" back, no more: a read-only source stays so, as with crun, and in a user namespace the kernel would refuse to unlock it.
        AttributeChange top = options.Change with { Clear = options.Change.Clear & ~MountFlags.MOUNT_ATTR_RDONLY };
        AttributeChange readOnly = new(mount.ForceReadonly ? MountFlags.MOUNT_ATTR_RDONLY : 0, 0);
        AttributeChange tree = options.RecursiveChange.Then(readOnly);
        ulong propagation = options.Propagation != 0 ? options.Propagation : RootSteps.DefaultPropagation(draft);
        if (IsRecursive(mount))
        {
            MountAttributes.AddBoth(draft, mount, tree, top.Then(readOnly), propagation);
        }
        else
        {
            MountAttributes.Add(draft, mount, tree.Then(top), propagation); // one mount alone: recursive or not is the same
        }
    }
}
