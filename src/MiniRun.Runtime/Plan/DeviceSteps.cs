using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Plan;

/// <summary>Device nodes, the links beside them, and the terminal.</summary>
internal static class DeviceSteps
{
    /// <summary>config-linux.md: links every container has; ptmx must be the container's own devpts.</summary>
    private static readonly (string Path, string Target)[] s_links =
    [
        ("/dev/fd", "/proc/self/fd"), ("/dev/stdin", "/proc/self/fd/0"), ("/dev/stdout", "/proc/self/fd/1"), ("/dev/stderr", "/proc/self/fd/2"), ("/dev/ptmx", "pts/ptmx"),
    ];

    /// <summary>A privileged launcher clones the host's nodes where none can be made, and /dev/null for masks.</summary>
    public static void FromHost(PlanDraft draft)
    {
        if (draft.Facts.CanMount)
        {
            Take(draft, StepKind.HostDevice);
        }
    }

    /// <summary>The same by init, before the host's root is left.</summary>
    public static void FromInside(PlanDraft draft)
    {
        if (!draft.Facts.CanMount)
        {
            Take(draft, StepKind.OpenTree);
        }
    }

    public static void Make(PlanDraft draft)
    {
        foreach (PlannedDevice device in draft.Devices)
        {
            if (device.Slot >= 0)
            {
                CutOff(draft, device.Slot, device.Path, device.SpecField, device.Index);
            }

            draft.Add(device.Slot < 0 ? Node(draft, device) : new LaunchStep(StepKind.Attach)
            {
                A = draft.Root,
                B = device.Slot,
                Text0 = device.Path,
                Source = device.SpecField,
                SourceIndex = device.Index,
            });
        }

        if (PlannedDevice.HasHostsDev(draft.Mounts))
        {
            return;
        }

        foreach ((string path, string target) in s_links)
        {
            draft.Add(new LaunchStep(StepKind.MakeSymlink) { A = draft.Root, Text0 = path, Text1 = target, Source = "" });
        }
    }

    /// <summary>A clone is the host's peer until it is private: what root inside mounts over it would appear over the host's device too.</summary>
    public static void CutOff(PlanDraft draft, short slot, string path, string source, int index) => draft.Add(new LaunchStep(StepKind.MountAttributes)
    {
        A = slot,
        Text0 = path,
        Argument2 = MountFlags.MS_PRIVATE,
        Source = source,
        SourceIndex = index,
    });

    private static void Take(PlanDraft draft, StepKind kind)
    {
        if (!draft.CanMakeNodes)
        {
            foreach (PlannedDevice device in draft.Devices)
            {
                if (device.Type != DeviceNode.S_IFIFO)
                {
                    device.Slot = draft.NewSlot();
                    AddClone(draft, kind, device.Slot, device.Path, device.Type, device.Number, device.SpecField, device.Index);
                }
            }
        }

        if (draft.Spec.Linux.MaskedPaths.Count > 0)
        {
            draft.NullDevice = draft.NewSlot();
            AddClone(draft, kind, draft.NullDevice, "/dev/null", DeviceNode.S_IFCHR, DeviceNode.Number(1, 3), "linux.maskedPaths", -1);
        }
    }

    private static void AddClone(PlanDraft draft, StepKind kind, short slot, string path, ulong type, ulong number, string source, int index)
    {
        bool launchers = kind == StepKind.HostDevice;
        draft.Add(new LaunchStep(kind)
        {
            A = slot,
            Text0 = path,
            Argument0 = launchers ? type : MountFlags.OPEN_TREE_CLONE | MountFlags.OPEN_TREE_CLOEXEC,
            Argument1 = launchers ? number : type,
            Argument2 = launchers ? 0 : number,
            Source = source,
            SourceIndex = index,
        });
    }

    private static LaunchStep Node(PlanDraft draft, PlannedDevice device) => new(StepKind.MakeNode)
    {
        A = draft.Root,
        Text0 = device.Path,
        Argument0 = device.Type | device.Mode,
        Argument1 = device.Number,
        Argument2 = device.Uid,
        Argument3 = device.Gid,
        Source = device.SpecField,
        SourceIndex = device.Index,
    };
}
