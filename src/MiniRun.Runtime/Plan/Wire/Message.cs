using System.Runtime.InteropServices;

namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors <c>struct message</c> of plan.h: one packet of the channel.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Message
{
    public MessageType Type;

    /// <summary>Index among the encoded steps; <see cref="EncodedPlan.StepIndexes"/> turns it into a step of the plan.</summary>
    public uint Step;

    /// <summary>errno, positive.</summary>
    public int Error;

    /// <summary>An <see cref="Await"/> or a <see cref="Send"/>, as the type says.</summary>
    public uint Value;

    public ulong Nanoseconds;
    public Cause Cause;
    public uint DetailSize;
    public MessageDetail Detail;
}
