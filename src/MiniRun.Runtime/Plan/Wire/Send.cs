namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors <c>enum send</c> of plan.h: which descriptor a message brings.</summary>
public enum Send : uint
{
    Pid = 1,
    Terminal = 2,
}
