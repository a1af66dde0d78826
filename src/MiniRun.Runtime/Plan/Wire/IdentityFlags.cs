namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors plan.h's IDENTITY_*.</summary>
[Flags]
public enum IdentityFlags : ushort
{
    None = 0,

    /// <summary>setgroups is denied in this user namespace.</summary>
    KeepGroups = 1,
}
