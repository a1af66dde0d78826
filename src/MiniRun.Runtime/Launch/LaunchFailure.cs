using System.Runtime.InteropServices;
using System.Text;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Launch;

/// <summary>What minirun-init says of a step that failed, as the line for the user.</summary>
internal static class LaunchFailure
{
    public static LaunchException From(Message message, LaunchPlan? plan = null, int stepIndex = -1)
    {
        ReadOnlySpan<byte> detail = MemoryMarshal.AsBytes(new ReadOnlySpan<MessageDetail>(in message.Detail))[..(int)Math.Min(message.DetailSize, MessageDetail.Size)];
        string[] parts = Encoding.UTF8.GetString(detail).Split('\0');
        string line = SyscallException.Line(parts[0], parts.Length > 1 ? parts[1] : "", (Errno)message.Error);
        return new LaunchException($"step {stepIndex + 1}: {line} ({message.Cause})");
    }
}
