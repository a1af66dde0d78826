namespace MiniRun.Runtime.Plan;

/// <summary>The container's host and domain name.</summary>
internal static class HostnameSteps
{
    public static void Add(PlanDraft draft)
    {
        AddName(draft, StepKind.Hostname, "hostname", draft.Spec.Hostname);
        AddName(draft, StepKind.Domainname, "domainname", draft.Spec.Domainname);
    }

    private static void AddName(PlanDraft draft, StepKind kind, string field, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            draft.Add(new LaunchStep(kind) { Text0 = name, Source = field });
        }
    }
}
