using System.Globalization;
using System.Text;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>Making and joining namespaces: the launcher's clone3, then what only init can do.</summary>
internal static class NamespaceSteps
{
    /// <summary>The order of joins. The user namespace precedes all: its capabilities are what the others may be joined with.</summary>
    private static readonly NamespaceType[] s_joinOrder =
    [
        NamespaceType.User, NamespaceType.Ipc, NamespaceType.Uts, NamespaceType.Network, NamespaceType.Pid, NamespaceType.Cgroup, NamespaceType.Time,
        NamespaceType.Mount, // last: afterwards host paths are another's
    ];

    /// <summary>Opens the namespaces to join while their paths are the launcher's.</summary>
    public static void FromHost(PlanDraft draft)
    {
        IReadOnlyList<NamespaceSpec> namespaces = draft.Spec.Linux.Namespaces;
        if (draft.Namespaces.Joined == 0)
        {
            return;
        }

        draft.JoinedNamespaces = new short[namespaces.Count];
        for (int i = 0; i < namespaces.Count; i++)
        {
            draft.JoinedNamespaces[i] = -1;
            if (!string.IsNullOrEmpty(namespaces[i].Path))
            {
                draft.JoinedNamespaces[i] = draft.NewSlot();
                draft.Add(new LaunchStep(StepKind.HostNamespace)
                {
                    A = draft.JoinedNamespaces[i],
                    Text0 = namespaces[i].Path!,
                    Argument0 = (ulong)namespaces[i].Type,
                    Source = "linux.namespaces",
                    SourceIndex = i,
                });
            }
        }
    }

    public static void Clone(PlanDraft draft) => draft.Add(new LaunchStep(StepKind.Clone)
    {
        Argument0 = draft.Namespaces.CloneFlags,
        Text0 = draft.Request.CgroupPath ?? "",
        Source = "linux.namespaces",
    });

    /// <summary>Init's part: enter the user namespace, join, unshare, and fork where only children are moved.</summary>
    public static void Enter(PlanDraft draft)
    {
        NamespaceLayout layout = draft.Namespaces;
        if (layout.UserIsNew && !layout.UserAfterJoins)
        {
            EnterNewUser(draft);
        }

        if (layout.TimeBeforeUser)
        {
            AddUnshare(draft, (ulong)NamespaceType.Time);
            AddTimeOffsets(draft);
        }

        Join(draft);
        if (layout.UserAfterJoins)
        {
            AddUnshare(draft, (ulong)NamespaceType.User);
            EnterNewUser(draft);
        }

        AddUnshare(draft, layout.UnshareFlags);
        if (!layout.TimeBeforeUser)
        {
            AddTimeOffsets(draft);
        }

        if (layout.Forks)
        {
            draft.Add(new LaunchStep(StepKind.Fork) { Argument0 = layout.ForkFlags, Source = "linux.namespaces" });
        }
    }

    private static void EnterNewUser(PlanDraft draft)
    {
        LinuxSpec linux = draft.Spec.Linux;
        draft.Add(new LaunchStep(StepKind.Await) { Argument0 = (ulong)Await.UserMapping, Source = "linux.uidMappings" });
        draft.Add(new LaunchStep(StepKind.UserMapping)
        {
            Text0 = MappingLines(linux.UidMappings),
            Text1 = MappingLines(linux.GidMappings),
            Argument0 = UserMappingRule.DeniesSetgroups(draft) ? 1ul : 0,
            Argument1 = UserMappingRule.NeedsHelper(draft) ? 1ul : 0,
            Source = "linux.uidMappings",
        });
        draft.Add(new LaunchStep(StepKind.BecomeRoot) { Source = "linux.uidMappings" });
    }

    private static void Join(PlanDraft draft)
    {
        if (draft.Namespaces.Joined == 0)
        {
            return;
        }

        IReadOnlyList<NamespaceSpec> namespaces = draft.Spec.Linux.Namespaces;
        foreach (NamespaceType type in s_joinOrder)
        {
            int index = IndexOf(namespaces, type);
            if (index < 0 || draft.JoinedNamespaces[index] < 0)
            {
                continue;
            }

            draft.Add(new LaunchStep(StepKind.Join)
            {
                A = draft.JoinedNamespaces[index],
                Text0 = namespaces[index].Path!,
                Argument0 = (ulong)type,
                Source = "linux.namespaces",
                SourceIndex = index,
            });
            if (type == NamespaceType.User)
            {
                draft.Add(new LaunchStep(StepKind.BecomeRoot) { Source = "linux.namespaces", SourceIndex = index });
            }

            draft.Add(new LaunchStep(StepKind.Close) { A = draft.JoinedNamespaces[index], Source = "linux.namespaces", SourceIndex = index });
        }
    }

    private static int IndexOf(IReadOnlyList<NamespaceSpec> namespaces, NamespaceType type)
    {
        for (int i = 0; i < namespaces.Count; i++)
        {
            if (namespaces[i].Type == type)
            {
                return i;
            }
        }

        return -1;
    }

    private static void AddUnshare(PlanDraft draft, ulong flags)
    {
        if (flags != 0)
        {
            draft.Add(new LaunchStep(StepKind.Unshare) { Argument0 = flags, Source = "linux.namespaces" });
        }
    }

    private static void AddTimeOffsets(PlanDraft draft)
    {
        IReadOnlyDictionary<string, TimeOffset> offsets = draft.Spec.Linux.TimeOffsets;
        if (offsets.Count == 0)
        {
            return;
        }

        // In the kernel's own order, whatever the dictionary's.
        StringBuilder lines = new();
        foreach (string clock in (ReadOnlySpan<string>)["monotonic", "boottime"])
        {
            if (offsets.TryGetValue(clock, out TimeOffset? offset))
            {
                lines.Append(CultureInfo.InvariantCulture, $"{clock} {offset.Secs} {offset.Nanosecs}\n");
            }
        }

        draft.Add(new LaunchStep(StepKind.TimeOffsets) { Text0 = lines.ToString(), Source = "linux.timeOffsets" });
    }

    private static string MappingLines(IReadOnlyList<IdMapping> mappings)
    {
        StringBuilder lines = new();
        for (int i = 0; i < mappings.Count; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{mappings[i].ContainerId} {mappings[i].HostId} {mappings[i].Size}\n");
        }

        return lines.ToString();
    }
}
