using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Plan;

/// <summary>What init waits for once everything is made: the launcher's state to be written, and `start` where the container is only created.</summary>
internal static class GateSteps
{
    public static void FromHost(PlanDraft draft)
    {
        if (draft.Request.Gate == LaunchGate.Create)
        {
            draft.StartSocket = draft.NewSlot();
            draft.Add(new LaunchStep(StepKind.HostStartSocket) { A = draft.StartSocket, Source = "" });
        }
    }

    public static void Wait(PlanDraft draft)
    {
        bool create = draft.Request.Gate == LaunchGate.Create;
        draft.Add(new LaunchStep(StepKind.Await) { Argument0 = (ulong)(create ? Await.Commit : Await.Start), Source = "" });
        draft.Add(new LaunchStep(StepKind.Commit) { Source = "" });
        if (create)
        {
            draft.Add(new LaunchStep(StepKind.AcceptStart) { A = draft.StartSocket, Source = "" });
        }
    }
}
