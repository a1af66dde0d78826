using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Plan;

/// <summary>The container's root file system: taken from the host, entered, and at last made what the spec says.</summary>
internal static class RootSteps
{
    /// <summary>fsconfig(2) takes values of at most this many bytes.</summary>
    private const int LongestMountValue = 255;

    /// <summary>A privileged launcher takes the root, since nothing outside is opened by path after entering a user namespace.</summary>
    public static void FromHost(PlanDraft draft)
    {
        if (!draft.Facts.CanMount)
        {
            return;
        }

        draft.Root = draft.NewSlot();
        ulong mapped = draft.Request.IdMapRoot && draft.Namespaces.UserIsNew ? (ulong)IdMapOrigin.Container : 0;
        draft.Add(draft.Request.Root switch
        {
            RootSource.Folder folder => new LaunchStep(StepKind.HostTree)
            {
                A = draft.Root,
                Text0 = folder.Path,
                Argument0 = 1,
                Argument1 = mapped,
                Argument2 = mapped,
                Source = "root.path",
            },
            RootSource.Overlay overlay => new LaunchStep(StepKind.HostOverlay)
            {
                A = draft.Root,
                Text0 = overlay.Upper,
                Text1 = overlay.Work,
                Blob = ContainerPath.Terminated(overlay.Lower, []),
                Argument1 = mapped,
                Source = "root.path",
            },
            _ => throw new InvalidOperationException("an unknown kind of root"),
        });
    }

    /// <summary>Mount events must not travel from here to the host. Peers (shared) are cut off even where the spec wants the root shared: pivot_root refuses a shared parent, and sharing starts at the new root.</summary>
    public static void Propagation(PlanDraft draft) => draft.Add(new LaunchStep(StepKind.Propagation)
    {
        Argument0 = EarlyPropagation(draft),
        Source = PropagationField(draft),
    });

    /// <summary>Without the launcher's privilege init takes the root itself, in the container's user namespace.</summary>
    public static void FromInside(PlanDraft draft)
    {
        if (draft.Root >= 0)
        {
            return;
        }

        if (!draft.Namespaces.HasUser)
        {
            throw new MiniRunException("linux.namespaces: making mounts needs CAP_SYS_ADMIN or a user namespace: run as root, or add {\"type\": \"user\"} with mappings");
        }

        draft.Root = draft.NewSlot();
        draft.Add(draft.Request.Root switch
        {
            RootSource.Folder folder => new LaunchStep(StepKind.OpenTree)
            {
                A = draft.Root,
                Text0 = folder.Path,
                Argument0 = MountFlags.OPEN_TREE_CLONE | MountFlags.OPEN_TREE_CLOEXEC | MountFlags.AT_RECURSIVE,
                Source = "root.path",
            },
            RootSource.Overlay overlay => new LaunchStep(StepKind.NewMount)
            {
                A = draft.Root,
                Text0 = "overlay",
                Text1 = "overlay",
                Blob = OverlayOptions(overlay),
                Source = "root.path",
            },
            _ => throw new InvalidOperationException("an unknown kind of root"),
        });
    }

    /// <summary>Cuts the root off its peers before anything is attached to it, then makes it "/".</summary>
    public static void Enter(PlanDraft draft)
    {
        CutOff(draft);
        EnterPlaced(draft);
    }

    /// <summary>
    /// Mounts the root on its own folder, seen by this mount namespace alone, for hooks that look for the container there. It is
    /// still furnished by descriptor, and nothing inside it is found by a path of the host's.
    /// </summary>
    public static void Place(PlanDraft draft)
    {
        CutOff(draft);
        short host = draft.NewSlot();
        draft.Add(new LaunchStep(StepKind.OpenTree) { A = host, Text0 = "/", Source = "hooks" });
        draft.Add(new LaunchStep(StepKind.Attach)
        {
            A = host,
            B = draft.Root,
            Text0 = draft.Request.Root is RootSource.Overlay overlay ? overlay.Upper : ((RootSource.Folder)draft.Request.Root).Path,
            Flags = (ushort)Wire.AttachFlags.NoCreate,
            Source = "hooks",
        });
        draft.Add(new LaunchStep(StepKind.Close) { A = host, Source = "hooks" });
    }

    /// <summary>Makes it "/", wherever it is mounted.</summary>
    public static void EnterPlaced(PlanDraft draft) => draft.Add(new LaunchStep(StepKind.EnterRoot) { A = draft.Root, Source = "root.path" });

    private static void CutOff(PlanDraft draft) => draft.Add(new LaunchStep(StepKind.MountAttributes)
    {
        A = draft.Root,
        Text0 = "/",
        Argument2 = EarlyPropagation(draft) & ~MountFlags.MS_REC,
        Argument3 = 1,
        Source = PropagationField(draft),
    });

    /// <summary>What would keep the steps before from working comes last: the root's own propagation and read-only.</summary>
    public static void Finish(PlanDraft draft)
    {
        string? asked = draft.Spec.Linux.RootfsPropagation;
        if (!string.IsNullOrEmpty(asked))
        {
            ulong propagation = PropagationWord(asked);
            draft.Add(new LaunchStep(StepKind.MountAttributes)
            {
                A = draft.Root,
                Text0 = "/",
                Argument2 = propagation & ~MountFlags.MS_REC,
                Argument3 = (propagation & MountFlags.MS_REC) != 0 ? 1ul : 0,
                Source = "linux.rootfsPropagation",
            });
        }

        if (draft.Spec.Root is { Readonly: true })
        {
            draft.Add(new LaunchStep(StepKind.MountAttributes) { A = draft.Root, Text0 = "/", Argument0 = MountFlags.MOUNT_ATTR_RDONLY, Source = "root.readonly" });
            draft.Add(new LaunchStep(StepKind.CheckRoot) { A = draft.Root, Argument0 = MountFlags.ST_RDONLY, Source = "root.readonly" });
        }
    }

    /// <summary>What mounts taken from the host get unless they ask for their own: slaves see the host's later mounts, never the reverse.</summary>
    public static ulong DefaultPropagation(PlanDraft draft) => EarlyPropagation(draft);

    private static ulong EarlyPropagation(PlanDraft draft)
    {
        string? asked = draft.Spec.Linux.RootfsPropagation;
        bool isPrivate = asked is "private" or "rprivate" or "unbindable" or "runbindable";
        return MountFlags.MS_REC | (isPrivate ? MountFlags.MS_PRIVATE : MountFlags.MS_SLAVE);
    }

    // Cutting the root off is asked for by no one in particular: every container needs it.
    private static string PropagationField(PlanDraft draft) => string.IsNullOrEmpty(draft.Spec.Linux.RootfsPropagation) ? "" : "linux.rootfsPropagation";

    private static ulong PropagationWord(string word) => word switch
    {
        "shared" => MountFlags.MS_SHARED,
        "rshared" => MountFlags.MS_SHARED | MountFlags.MS_REC,
        "slave" => MountFlags.MS_SLAVE,
        "rslave" => MountFlags.MS_SLAVE | MountFlags.MS_REC,
        "private" => MountFlags.MS_PRIVATE,
        "rprivate" => MountFlags.MS_PRIVATE | MountFlags.MS_REC,
        "unbindable" => MountFlags.MS_UNBINDABLE,
        _ => MountFlags.MS_UNBINDABLE | MountFlags.MS_REC,
    };

    private static byte[] OverlayOptions(RootSource.Overlay overlay)
    {
        StringBuilder joined = new();
        for (int i = 0; i < overlay.Lower.Count; i++)
        {
            joined.Append(i == 0 ? "" : ":").Append(overlay.Lower[i].Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal));
        }

        List<string> options = [];
        if (Encoding.UTF8.GetByteCount(joined.ToString()) <= LongestMountValue)
        {
            options.Add($"lowerdir={joined}");
        }
        else
        {
            // One call a layer, and the path as it is (Linux ≥ 6.7).
            foreach (string layer in overlay.Lower)
            {
                options.Add(OverlayOption("lowerdir+", layer));
            }
        }

        options.AddRange([OverlayOption("upperdir", overlay.Upper), OverlayOption("workdir", overlay.Work), "userxattr"]);
        return ContainerPath.Terminated(options, []);
    }

    private static string OverlayOption(string key, string value)
    {
        if (Encoding.UTF8.GetByteCount(value) > LongestMountValue)
        {
            throw new MiniRunException($"overlay {key} '{value}': longer than the {LongestMountValue} bytes the kernel takes: keep minirun's data in a folder with a shorter path (--data-root), or run as root");
        }

        return key + "=" + value;
    }
}
