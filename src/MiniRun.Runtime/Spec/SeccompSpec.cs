namespace MiniRun.Runtime.Spec;

/// <summary>linux.seccomp, names as written. Source: config-linux.md#seccomp.</summary>
public sealed record SeccompSpec
{
    public required string DefaultAction { get; init; }

    public uint? DefaultErrnoRet { get; init; }

    public IReadOnlyList<string> Architectures { get; init; } = [];

    public IReadOnlyList<string> Flags { get; init; } = [];

    public string? ListenerPath { get; init; }

    public string? ListenerMetadata { get; init; }

    public IReadOnlyList<SeccompRuleSpec> Syscalls { get; init; } = [];

    /// <summary>Whether any system call is another process's to answer (SCMP_ACT_NOTIFY).</summary>
    public bool Notifies()
    {
        for (int i = 0; i < Syscalls.Count; i++)
        {
            if (Syscalls[i].Action == SeccompRuleSpec.Notify)
            {
                return true;
            }
        }

        return false;
    }
}
