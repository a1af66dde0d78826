namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors <c>enum message_type</c> of plan.h.</summary>
public enum MessageType : uint
{
    Await = 1,
    Continue = 2,
    Send = 3,
    Done = 4,
    Failed = 5,
}
