namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors <c>enum await</c> of plan.h: what init waits for.</summary>
public enum Await : uint
{
    UserMapping = 1,
    Network = 2,
    Hooks = 3,
    Commit = 4,
    Start = 5,
}
