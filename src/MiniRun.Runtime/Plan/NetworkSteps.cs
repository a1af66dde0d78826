using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>A new network namespace begins with its loopback down; devices of the host come in while init waits.</summary>
internal static class NetworkSteps
{
    public static void Add(PlanDraft draft)
    {
        if (draft.Namespaces.IsNew(NamespaceType.Network))
        {
            draft.Add(new LaunchStep(StepKind.LoopbackUp) { Source = "linux.namespaces" });
        }

        if (draft.Spec.Linux.NetDevices.Count == 0)
        {
            return;
        }

        draft.Add(new LaunchStep(StepKind.Await) { Argument0 = (ulong)Await.Network, Source = "linux.netDevices" });
        foreach ((string name, NetDeviceSpec device) in draft.Spec.Linux.NetDevices)
        {
            draft.Add(new LaunchStep(StepKind.NetDevice)
            {
                Text0 = name,
                Text1 = string.IsNullOrEmpty(device.Name) ? name : device.Name,
                Source = "linux.netDevices",
            });
        }
    }
}
