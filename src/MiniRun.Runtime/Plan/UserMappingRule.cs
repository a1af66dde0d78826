using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>Who may write a user namespace's mapping (user_namespaces(7)), and what setgroups is worth after that.</summary>
internal static class UserMappingRule
{
    /// <summary>An unprivileged launcher may write only its own id itself; longer mappings need newuidmap and newgidmap.</summary>
    public static bool NeedsHelper(PlanDraft draft) =>
        !draft.Facts.CanMapIds
        && !(IsOnly(draft.Spec.Linux.UidMappings, draft.Facts.Uid) && IsOnly(draft.Spec.Linux.GidMappings, draft.Facts.Gid));

    /// <summary>The kernel takes an unprivileged gid_map only after setgroups was given up for good.</summary>
    public static bool DeniesSetgroups(PlanDraft draft) =>
        draft.Namespaces.UserIsNew && !draft.Facts.CanMapIds && !NeedsHelper(draft);

    private static bool IsOnly(IReadOnlyList<IdMapping> mappings, uint id) =>
        mappings.Count == 1 && mappings[0].HostId == id && mappings[0].Size == 1;
}
