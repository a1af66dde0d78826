using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>A new network namespace begins with its loopback down.</summary>
internal static class NetworkSteps
{
    public static void Add(PlanDraft draft)
    {
        if (draft.Namespaces.IsNew(NamespaceType.Network))
        {
            draft.Add(new LaunchStep(StepKind.LoopbackUp) { Source = "linux.namespaces" });
        }
    }
}
