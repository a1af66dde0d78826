using System.Runtime.InteropServices;
using System.Text;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Launch;

/// <summary>What minirun-init says of a step that failed, as the line for the user.</summary>
internal static class LaunchFailure
{
    public static LaunchException From(Message message, LaunchPlan? plan = null, int stepIndex = -1, Func<LaunchStep, string?>? askedBy = null)
    {
        ReadOnlySpan<byte> detail = MemoryMarshal.AsBytes(new ReadOnlySpan<MessageDetail>(in message.Detail))[..(int)Math.Min(message.DetailSize, MessageDetail.Size)];
        StepFailureReport report = StepFailure.Describe(plan, stepIndex, message.Error, message.Cause, Encoding.UTF8.GetString(detail), message.Value, askedBy);
        return new LaunchException(report.Message, report.ExitCode is 126 or 127 ? report.ExitCode : null) { OfHook = message.Cause is Cause.HookFailed or Cause.HookTimeout };
    }
}
