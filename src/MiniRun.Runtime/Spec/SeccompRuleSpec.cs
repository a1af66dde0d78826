namespace MiniRun.Runtime.Spec;

/// <summary>One rule for some system calls.</summary>
public sealed record SeccompRuleSpec
{
    /// <summary>The action by which another process answers for the call.</summary>
    public const string Notify = "SCMP_ACT_NOTIFY";

    public required IReadOnlyList<string> Names { get; init; }

    public required string Action { get; init; }

    public uint? ErrnoRet { get; init; }

    public IReadOnlyList<SeccompArgumentSpec> Args { get; init; } = [];
}
